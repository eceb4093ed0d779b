namespace Scheduler.Cli.Load;

/// <summary>How the load stands at one moment; immutable, handed from the playing thread to the display.</summary>
/// <param name="Elapsed">Since the start.</param>
/// <param name="IsOver">True while viewers only say goodbye.</param>
/// <param name="Playing">Viewers that play.</param>
/// <param name="Requests">Answers so far.</param>
/// <param name="RequestsPerS">Answers a second since the sample before.</param>
/// <param name="P50Ms">Median latency since the sample before, ms; null without answers.</param>
/// <param name="P99Ms">99th percentile, ms.</param>
/// <param name="MaxMs">Largest, ms.</param>
/// <param name="LagP99Ms">99th percentile of how late requests were sent, ms.</param>
/// <param name="Waiting">Requests that are due and not sent.</param>
/// <param name="Opened">Openings answered.</param>
/// <param name="Beats">Beats answered.</param>
/// <param name="Closed">Farewells answered.</param>
/// <param name="Moves">Moves told.</param>
/// <param name="Failovers">Failovers done.</param>
/// <param name="Reopened">Sessions that had to be opened again.</param>
/// <param name="Broken">Connections that broke under a request.</param>
/// <param name="Unreadable">Answers not understood.</param>
/// <param name="ByStatus">Answers by HTTP status.</param>
/// <param name="ByDecision">Openings by decision.</param>
/// <param name="BySite">Viewers by site.</param>
/// <param name="FirstRefusal">The first refusal; null without one.</param>
internal sealed record LoadSample(
    TimeSpan Elapsed,
    bool IsOver,
    int Playing,
    long Requests,
    double RequestsPerS,
    double? P50Ms,
    double? P99Ms,
    double? MaxMs,
    double? LagP99Ms,
    int Waiting,
    long Opened,
    long Beats,
    long Closed,
    long Moves,
    long Failovers,
    long Reopened,
    long Broken,
    long Unreadable,
    IReadOnlyList<KeyValuePair<string, long>> ByStatus,
    IReadOnlyList<KeyValuePair<string, long>> ByDecision,
    IReadOnlyList<KeyValuePair<string, int>> BySite,
    string? FirstRefusal);
