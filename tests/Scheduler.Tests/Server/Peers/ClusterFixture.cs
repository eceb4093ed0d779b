namespace Scheduler.Tests.Server.Peers;

/// <summary>Three replicas for tests that leave them as they were.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal LiveCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await LiveCluster.StartAsync(3);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
