using System.Text.Json;

namespace Scheduler.Cli.Admin;

/// <summary>One drain of <c>GET /v1/admin/drains</c>.</summary>
internal sealed record DrainRow(
    string? Id, JsonElement? Target, string? Reason, string? Author, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt, string? State)
{
    /// <summary>The target in the form that <c>drain start</c> takes.</summary>
    public string TargetText => Target switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Object } target => string.Join(", ", target.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.String)
            .Select(m => m.Name == "site" ? m.Value.GetString() : $"{m.Name}:{m.Value.GetString()}")),
        _ => "",
    };
}
