using Scheduler.State.Sites;

namespace Scheduler.Tests.State.Sites;

public sealed class ReportOrderTests
{
    private readonly Replica _replica = new(sites: 1, nodesPerSite: 1);

    [Theory]
    [InlineData(5, 10)] // the same again
    [InlineData(5, 9)]
    [InlineData(4, 11)]
    public void What_is_not_newer_is_ignored(long incarnation, long sequence)
    {
        Assert.Equal(ReportVerdict.Applied, _replica.Report("p00-00", 100_000, incarnation: 5, sequence: 10));
        (long ceiling, long offset) = (_replica.Ledger("p00-00").Ceiling, _replica.Ledger("p00-00").Offset);
        Assert.Equal(ReportVerdict.Outdated, _replica.Report("p00-00", 900_000, 10, incarnation, sequence));
        Assert.Equal((ceiling, offset), (_replica.Ledger("p00-00").Ceiling, _replica.Ledger("p00-00").Offset));
        Assert.Equal(100_000, _replica.Node("p00-00").Report.EgressKbps);
    }

    [Theory]
    [InlineData(5, 11)]
    [InlineData(6, 0)]
    public void What_is_newer_is_taken(long incarnation, long sequence)
    {
        _replica.Report("p00-00", 100_000, incarnation: 5, sequence: 10);
        Assert.Equal(ReportVerdict.Applied, _replica.Report("p00-00", 200_000, incarnation: incarnation, sequence: sequence));
        Assert.Equal(200_000, _replica.Load("p00-00"));
    }

    [Fact]
    public void An_ignored_report_does_not_make_a_node_fresh()
    {
        _replica.Report("p00-00", incarnation: 5, sequence: 10);
        _replica.RunSilent(4);
        long? heard = _replica.Node("p00-00").HeardAtMs;
        Assert.Equal(ReportVerdict.Outdated, _replica.Report("p00-00", incarnation: 5, sequence: 10));
        Assert.Equal(heard, _replica.Node("p00-00").HeardAtMs);
    }

    [Fact]
    public void After_the_dead_time_any_incarnation_is_taken()
    {
        _replica.Report("p00-00", incarnation: 5, sequence: 10);
        _replica.RunSilent(6);
        Assert.Equal(ReportVerdict.Outdated, _replica.Report("p00-00", incarnation: 3, sequence: 1));
        _replica.RunSilent(0.1);
        Assert.Equal(ReportVerdict.Applied, _replica.Report("p00-00", incarnation: 3, sequence: 1));
        Assert.Equal(ReportVerdict.Applied, _replica.Report("p00-00", incarnation: 3, sequence: 2));
    }
}
