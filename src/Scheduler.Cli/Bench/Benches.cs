namespace Scheduler.Cli.Bench;

/// <summary>Every group of measurements that <c>scheduler bench</c> knows, in the order in which <c>bench all</c> runs them.</summary>
internal static class Benches
{
    /// <summary>The groups.</summary>
    public static IReadOnlyList<IBench> All { get; } =
    [
        new GeoLookupBench(), new PickBench(), new DecideBench(), new UpstreamBench(), new DnsBench(), new ReportsBench(), new PeersBench(), new TokenBench(), new PlanBench(), new StoreBench(),
    ];
}
