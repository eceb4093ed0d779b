namespace Scheduler.Cli.Load;

/// <summary>What a play gave: the object that <c>load --json</c> prints. Add members freely; never rename one.</summary>
internal sealed record LoadSummary
{
    /// <summary>The scheduler.</summary>
    public required string Url { get; init; }

    /// <summary>Where the viewers' addresses came from.</summary>
    public required string Addresses { get; init; }

    /// <summary>Viewers at a time that were asked for.</summary>
    public required int Viewers { get; init; }

    /// <summary>Most viewers that played at one moment.</summary>
    public required int ViewersPeak { get; init; }

    /// <summary>Nodes that reported.</summary>
    public required int Nodes { get; init; }

    /// <summary>Seed of every chance.</summary>
    public required int Seed { get; init; }

    /// <summary>Length of the play, s, farewells not counted.</summary>
    public required double DurationS { get; init; }

    /// <summary>Answers while the crowd played, those to farewells not counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Answers a second over the whole play.</summary>
    public required double RequestsPerS { get; init; }

    /// <summary>Median latency, ms; absent without answers.</summary>
    public required double? LatencyP50Ms { get; init; }

    /// <summary>90th percentile, ms.</summary>
    public required double? LatencyP90Ms { get; init; }

    /// <summary>99th percentile, ms.</summary>
    public required double? LatencyP99Ms { get; init; }

    /// <summary>99.9th percentile, ms.</summary>
    public required double? LatencyP999Ms { get; init; }

    /// <summary>Largest, ms.</summary>
    public required double? LatencyMaxMs { get; init; }

    /// <summary>99th percentile of how late requests were sent, ms: large when this machine could not keep up.</summary>
    public required double? LagP99Ms { get; init; }

    /// <summary>Openings answered.</summary>
    public required long Opens { get; init; }

    /// <summary>Beats answered.</summary>
    public required long Beats { get; init; }

    /// <summary>Farewells answered.</summary>
    public required long Closes { get; init; }

    /// <summary>Moves told.</summary>
    public required long Moves { get; init; }

    /// <summary>Failovers done.</summary>
    public required long Failovers { get; init; }

    /// <summary>Sessions that had to be opened again.</summary>
    public required long Reopened { get; init; }

    /// <summary>Connections that broke under a request.</summary>
    public required long BrokenConnections { get; init; }

    /// <summary>Requests sent again because the server had closed the connection before.</summary>
    public required long Resent { get; init; }

    /// <summary>Requests sent on to another scheduler because the one asked broke off or said 503; 0 with one scheduler.</summary>
    public required long Retries { get; init; }

    /// <summary>Those of them that the other one did not serve either: 503, or no answer.</summary>
    public required long FailedAfterRetry { get; init; }

    /// <summary>What each scheduler gave.</summary>
    public required IReadOnlyList<LoadTargetSummary> Targets { get; init; }

    /// <summary>Answers not understood.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Openings by decision.</summary>
    public required IReadOnlyDictionary<string, long> ByDecision { get; init; }

    /// <summary>Answers by HTTP status.</summary>
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }

    /// <summary>Most sites that viewers were on at one moment.</summary>
    public required int SitesPeak { get; init; }

    /// <summary>The largest share of a node's capacity that its viewers drew when it reported; over 1 means that more was assigned than fits. Absent without nodes.</summary>
    public required double? NodeUtilisationPeak { get; init; }

    /// <summary>Reports taken.</summary>
    public required long ReportsAccepted { get; init; }

    /// <summary>Reports refused.</summary>
    public required long ReportsRejected { get; init; }

    /// <summary>The first refusal, as it came; absent without one.</summary>
    public required string? FirstRefusal { get; init; }

    /// <summary>True when anything was answered with success.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasSuccess => ByStatus.Keys.Any(static s => s.StartsWith('2'));
}
