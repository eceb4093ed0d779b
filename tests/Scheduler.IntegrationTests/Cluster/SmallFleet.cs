using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>The fleet of the tests of clusters: two small PoPs that fill up, and a large one far away.</summary>
internal static class SmallFleet
{
    /// <summary>Its file.</summary>
    public static string Path => Checkout.PathOf("tests/Scheduler.IntegrationTests/Cluster/fleet.yaml");

    /// <summary>Nodes that serve viewers, with what each can carry.</summary>
    public static IReadOnlyList<(string Id, long CapacityBps)> Edges { get; } =
    [
        ("lon1-01", 200_000_000), ("lon1-02", 200_000_000), ("par1-01", 200_000_000), ("par1-02", 200_000_000),
        ("ush1-01", 100_000_000_000), ("ush1-02", 100_000_000_000), ("ush1-03", 100_000_000_000), ("ush1-04", 100_000_000_000),
    ];
}
