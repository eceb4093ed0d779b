using Scheduler.Core.Cost;
using Scheduler.Core.Upstreams;

namespace Scheduler.Tests.Core.Upstreams;

public sealed class LinkLoadsTests
{
    private readonly UpstreamTable _table = new RandomUpstreams(5).Table;
    private readonly LinkLoads _loads;

    public LinkLoadsTests()
    {
        _loads = new LinkLoads(_table, LoadPenalty.Default, settleMs: 1_000);
        _loads.Tick(0);
    }

    [Fact]
    public void What_was_assigned_counts_until_reports_have_had_time_to_show_it()
    {
        _loads.Assign(0, 500);
        _loads.Tick(250);
        Assert.Equal(500, _loads.LoadKbps(0));
        _loads.Report(1, 4, [new PullLoad(0, 500)]);
        Assert.Equal(1_000, _loads.LoadKbps(0));
        _loads.Tick(1_000);
        _loads.Tick(1_250);
        Assert.Equal(500, _loads.LoadKbps(0));
    }

    [Fact]
    public void A_report_takes_the_place_of_the_nodes_last()
    {
        _loads.Report(1, 4, [new PullLoad(0, 500), new PullLoad(1, 100)]);
        _loads.Report(1, 5, [new PullLoad(0, 50)]);
        _loads.Report(1, 4, [new PullLoad(1, 300)]);
        Assert.Equal(50, _loads.LoadKbps(0));
        Assert.Equal(300, _loads.LoadKbps(1));
        _loads.Report(1, 4, []);
        Assert.Equal(0, _loads.LoadKbps(1));
    }

    [Fact]
    public void After_a_pause_everything_that_was_assigned_before_it_has_settled()
    {
        _loads.Assign(0, 500);
        _loads.Tick(60_000);
        _loads.Tick(120_000);
        Assert.Equal(0, _loads.LoadKbps(0));
    }

    [Fact]
    public void A_change_of_the_fleet_keeps_what_is_known_of_a_way()
    {
        _loads.Report(1, 4, [new PullLoad(0, 500)]);
        _loads.Assign(0, 40);
        _loads.SetClosed(1, true);
        LinkLoads later = _loads.On(_table);
        Assert.Equal(540, later.LoadKbps(0));
        Assert.True(later.IsClosed(1));
        later.Report(1, 4, []);
        Assert.Equal(40, later.LoadKbps(0));
    }

    [Fact]
    public void A_report_and_a_tick_allocate_nothing_once_the_node_is_known()
    {
        PullLoad[] pulls = [new PullLoad(0, 500), new PullLoad(1, 100)];
        _loads.Report(1, 4, pulls);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            _loads.Report(1, 4, pulls);
            _loads.Tick(10_000);
        }));
    }
}
