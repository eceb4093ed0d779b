using Scheduler.Core.Sessions;
using Scheduler.State.Planning;

namespace Scheduler.Tests.State.Planning;

public sealed class DemandTests
{
    [Fact]
    public void Demand_is_what_the_live_sessions_of_a_cell_weigh_whatever_became_of_the_others()
    {
        var replica = new Replica();
        replica.Run(2);
        var meter = new DemandMeter(replica.Table);
        SessionClaims first = replica.Open(bitrateBps: 4_000_000);
        replica.Open(bitrateBps: 2_000_000);
        replica.Open(bitrateBps: 6_000_000);
        Assert.Equal([new NumberedKbps(first.Cell, 12_000)], meter.Read(replica.Snapshot).Cells.AsEnumerable());
        Assert.True(replica.Desk.Close(in first));
        Assert.Equal([new NumberedKbps(first.Cell, 8_000)], meter.Read(replica.Snapshot).Cells.AsEnumerable());
        replica.Run(80); // nobody beats: all have expired
        Assert.Empty(meter.Read(replica.Snapshot).Cells);
        Assert.Empty(meter.Read(replica.Snapshot).Sites);
    }

    [Fact]
    public void A_session_taken_over_after_a_restart_counts_in_its_cell_once()
    {
        var replica = new Replica();
        replica.Run(2);
        SessionClaims claims = replica.Open(bitrateBps: 4_000_000);
        var after = new Replica();
        after.Run(2);
        SessionClaims foreign = claims with { Handle = claims.Handle ^ (1UL << 60) };
        after.Desk.Beat(after.Snapshot, ref foreign, out _);
        SessionClaims again = claims with { Handle = claims.Handle ^ (1UL << 60) };
        after.Desk.Beat(after.Snapshot, ref again, out _);
        Assert.Equal([new NumberedKbps(claims.Cell, 4_000)], new DemandMeter(after.Table).Read(after.Snapshot).Cells.AsEnumerable());
    }

    [Fact]
    public void The_demand_of_two_replicas_is_the_sum_number_by_number()
    {
        var left = new Demand([new(1, 10), new(4, 5)], [new(7, 15)]);
        var right = new Demand([new(2, 3), new(4, 1), new(9, 2)], [new(6, 6)]);
        Demand sum = left.Plus(right);
        Assert.Equal([new(1, 10), new(2, 3), new(4, 6), new(9, 2)], sum.Cells.AsEnumerable());
        Assert.Equal([new(6, 6), new(7, 15)], sum.Sites.AsEnumerable());
        Assert.Equal(sum.Cells.AsEnumerable(), right.Plus(left).Cells);
        Assert.Equal(left.Cells.AsEnumerable(), left.Plus(Demand.None).Cells);
    }

    [Fact]
    public void The_classes_of_two_replicas_add_up_by_their_names()
    {
        Demand left = Demand.None with { Classes = [new("film", [new(1, 10)]), new("news", [new(4, 5)])] };
        Demand right = Demand.None with { Classes = [new("arena", [new(4, 2)]), new("news", [new(3, 1), new(4, 1)])] };
        Demand sum = right.Plus(left);
        Assert.Equal(["arena", "film", "news"], sum.Classes.Select(part => part.Class));
        Assert.Equal([new(3, 1), new(4, 6)], sum.Classes[2].Cells.AsEnumerable());
        Assert.Equal(left.Classes.AsEnumerable(), left.Plus(Demand.None).Classes);
    }

    [Fact]
    public void Threads_that_open_and_close_leave_the_demand_of_each_cell_exact()
    {
        var table = new SessionTable(10_000, boot: 7, nowS: 0);
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                Assert.True(table.TryOpen(thread, thread % 3, 10, 100, out ulong handle));
                if (i % 10 != 0) Assert.True(table.TryClose(handle, out _));
            }
        });
        Assert.Equal([15_000, 15_000, 10_000], [table.CellKbps(0), table.CellKbps(1), table.CellKbps(2)]);
        Assert.Equal(0, table.CellKbps(3));
        Assert.Equal(0, table.CellKbps(SessionTable.MaxCells));
    }
}
