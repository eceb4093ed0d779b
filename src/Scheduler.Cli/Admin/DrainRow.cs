using System.Text.Json;

namespace Scheduler.Cli.Admin;

/// <summary>One drain of <c>GET /v1/admin/drains</c>.</summary>
internal sealed record DrainRow(
    string? Id, JsonElement? Target, string? Reason, string? Author, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt, string? State)
{
    /// <summary>When it begins to be carried out.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>How far it has come, in one word; an older scheduler tells none.</summary>
    public string? Phase { get; init; }

    /// <summary>Share of the target that is open to new sessions.</summary>
    public double? Admitting { get; init; }

    /// <summary>Live sessions there.</summary>
    public double? SessionsLeft { get; init; }

    /// <summary>What they weigh.</summary>
    public double? LeftBps { get; init; }

    /// <summary>Sessions that have gone.</summary>
    public double? Moved { get; init; }

    /// <summary>Streams that publishers still send there; null where none come in.</summary>
    public double? PublishersLeft { get; init; }

    /// <summary>Streams that others still pull from there; null where nobody does.</summary>
    public double? PullsLeft { get; init; }

    /// <summary>Why nobody is asked to move for now.</summary>
    public PauseRow? Paused { get; init; }

    /// <summary>The sites that take over, and why some of them wait.</summary>
    public ReceiversRow? Receivers { get; init; }

    /// <summary>How much longer than was asked for the ramp takes.</summary>
    public double? RampLateS { get; init; }

    /// <summary>When the target will be closed or empty.</summary>
    public DateTimeOffset? Eta { get; init; }

    /// <summary>True while no revision holds it.</summary>
    public bool? Local { get; init; }

    /// <summary>The target in the form that <c>drain start</c> takes.</summary>
    public string TargetText => Target switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Object } target => string.Join(", ", target.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.String)
            .Select(m => m.Name == "site" ? m.Value.GetString() : $"{m.Name}:{m.Value.GetString()}")),
        _ => "",
    };

    /// <summary>Why a drain stands still.</summary>
    internal sealed record PauseRow(string? Cause, string? Reason, string? Site);

    /// <summary>Who takes over.</summary>
    internal sealed record ReceiversRow(double? Count, string? Reason);

    /// <summary>Why it stands still, or takes longer; null when it does neither.</summary>
    public string? Waits => Paused?.Reason is { } why ? "is paused: " + why : Receivers?.Reason is { } some ? "goes on: " + some : null;
}
