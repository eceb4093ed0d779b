using System.Text.Json;

namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/revisions</c>, one page.</summary>
/// <param name="Revisions">Newest first.</param>
/// <param name="Next">Cursor of the next page, text or number; absent on the last.</param>
internal sealed record RevisionList(IReadOnlyList<RevisionRow>? Revisions, JsonElement? Next)
{
    /// <summary>The cursor as it goes into a query; null on the last page.</summary>
    public string? NextCursor => Next switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
