using Scheduler.Core.Routing;
using Scheduler.State.Control;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Control;

/// <summary>Whoever reads the published reference sees one whole snapshot, whatever is being built at that moment.</summary>
public sealed class SnapshotPublisherTests
{
    private const int Changes = 400;
    private const int Readers = 3;

    private readonly Replica _replica = new(sites: 2, nodesPerSite: 1);

    [Fact]
    public async Task A_snapshot_is_never_seen_half_built()
    {
        _replica.ReportAll();
        SnapshotPublisher publisher = _replica.Control.Publisher;
        using var over = new CancellationTokenSource();
        using var start = new Barrier(Readers + 1);
        Task<int>[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
            () => Hammer(publisher, start, over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        start.SignalAndWait();
        try
        {
            for (int change = 0; change < Changes; change++) Change(_replica.Configuration.Revision + 1);
        }
        finally
        {
            await over.CancelAsync();
        }
        int[] seen = await Task.WhenAll(readers);
        Assert.All(seen, count => Assert.True(count > 0));
    }

    /// <summary>Makes a revision whose number tells all that is in it.</summary>
    private void Change(long revision)
    {
        _replica.Configure(
            World.FleetOf(SitesAt(revision), NodesPerSiteAt(revision)),
            overrides: [new("p00-00", InService: revision % 2 == 0, Weight: 1)]);
        _replica.Report("p00-00");
        _replica.Tick();
    }

    private static int SitesAt(long revision) => 2 + (int)(revision % 5);

    private static int NodesPerSiteAt(long revision) => 1 + (int)(revision % 3);

    /// <summary>Reads until it is over, and finds every contradiction within one snapshot.</summary>
    /// <returns>How many different snapshots were seen.</returns>
    private static int Hammer(SnapshotPublisher publisher, Barrier start, CancellationToken over)
    {
        long last = 0;
        int seen = 0;
        start.SignalAndWait();
        do
        {
            RoutingSnapshot snapshot = publisher.Current!;
            Assert.True(snapshot.Version >= last, $"version {snapshot.Version} after {last}");
            if (snapshot.Version > last) seen++;
            last = snapshot.Version;
            if (snapshot.Revision > 1) Judge(snapshot);
        }
        while (!over.IsCancellationRequested);
        return seen;
    }

    private static void Judge(RoutingSnapshot snapshot)
    {
        IndexedSite[] sites = [.. snapshot.Fleet.Sites.OfType<IndexedSite>()];
        Assert.Equal(SitesAt(snapshot.Revision), sites.Length);
        foreach (IndexedSite site in sites)
        {
            Assert.Equal(NodesPerSiteAt(snapshot.Revision), snapshot.NodesOf(site.Index).Length);
            foreach (NodeSlot slot in snapshot.NodesOf(site.Index)) Assert.Equal(site.Index, snapshot.Fleet.SiteOf(slot.Node));
        }
        for (int row = 0; row < snapshot.Candidates.Cells.Length; row++)
        {
            Assert.Equal(sites.Length, snapshot.Candidates.SitesOf(row).Length);
            foreach (ushort site in snapshot.Candidates.SitesOf(row)) Assert.NotNull(snapshot.Fleet.Sites[site]);
        }
        Assert.True(snapshot.Fleet.TryFindNode("p00-00", out int known));
        Assert.Equal(snapshot.Revision % 2 == 0, snapshot.Node(known).Eligibility != Eligibility.OutOfService);
    }
}
