using System.Collections.Concurrent;
using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

public sealed class SessionTableTests
{
    private static SessionTable Table(int capacity = 1_000) => new(capacity, boot: 77, nowS: 1_000);

    [Fact]
    public void A_session_is_counted_from_open_to_close()
    {
        SessionTable table = Table();
        Assert.True(table.TryOpen(5, 1, 3_000, 1_075, out ulong handle));
        Assert.Equal((1L, 3_000L), (table.Node(5).Count, table.Node(5).Kbps));
        Assert.True(table.TryClose(handle, out int node));
        Assert.Equal(5, node);
        Assert.Equal((0L, 0L, 0L), (table.Node(5).Count, table.Node(5).Kbps, table.Count));
        Assert.False(table.TryClose(handle, out _));
        Assert.False(table.TryBeat(handle, 2_000, out _));
    }

    [Fact]
    public void A_session_expires_at_its_deadline_and_a_beat_renews_it()
    {
        SessionTable table = Table();
        table.TryOpen(0, 1, 1, 1_075, out ulong handle);
        Assert.Equal(0, table.Expire(1_074, 0, 100));
        Assert.True(table.TryBeat(handle, 1_100, out _));
        Assert.Equal(0, table.Expire(1_099, 0, 100));
        Assert.Equal(1, table.Expire(1_100, 0, 100));
        Assert.False(table.IsLive(handle));
    }

    [Fact]
    public void A_move_takes_its_count_along_and_happens_once()
    {
        SessionTable table = Table();
        table.TryOpen(1, 1, 10, 1_075, out ulong handle);
        Assert.True(table.TryMove(handle, 1, 2, 1_001));
        Assert.False(table.TryMove(handle, 1, 3, 1_002));
        Assert.Equal((0L, 1L, 0L), (table.Node(1).Count, table.Node(2).Count, table.Node(3).Count));
        Assert.Equal((0L, 10L), (table.Node(1).Kbps, table.Node(2).Kbps));
    }

    [Fact]
    public void A_full_table_refuses_and_an_ended_session_makes_room()
    {
        SessionTable table = Table(capacity: 2);
        table.TryOpen(0, 1, 1, 1_075, out ulong first);
        Assert.True(table.TryOpen(0, 1, 1, 1_075, out _));
        Assert.False(table.TryOpen(0, 1, 1, 1_075, out _));
        table.TryClose(first, out _);
        Assert.True(table.TryOpen(0, 1, 1, 1_075, out ulong reused));
        Assert.NotEqual(first, reused);
        Assert.False(table.TryBeat(first, 1_080, out _));
    }

    [Fact]
    public void A_handle_of_another_start_is_not_ours()
    {
        new SessionTable(10, boot: 78, nowS: 1_000).TryOpen(0, 1, 1, 1_075, out ulong foreign);
        SessionTable table = Table();
        table.TryOpen(0, 1, 1, 1_075, out _);
        Assert.False(table.IsOurs(foreign));
        Assert.False(table.TryBeat(foreign, 1_080, out _));
        Assert.False(table.TryClose(foreign, out _));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(77UL << 48 | 0xFFF_FFFFUL << 20)]
    public void An_invented_handle_finds_nothing(ulong handle)
    {
        SessionTable table = Table();
        Assert.False(table.TryBeat(handle, 1_080, out _));
        Assert.False(table.TryMove(handle, 0, 1, 1_000));
        Assert.False(table.TryClose(handle, out _));
        Assert.False(table.IsLive(handle));
    }

    [Fact]
    public void Demand_of_classes_is_exact_while_sessions_change_class_and_end_at_once()
    {
        const int cells = 3, slots = 4;
        SessionTable table = Table(capacity: 500);
        var handles = new ConcurrentQueue<ulong>();
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 20_000; i++)
            {
                if (table.TryOpen(0, random.Next(cells), 1 + random.Next(2), 1_075, out ulong handle, random.Next(slots))) handles.Enqueue(handle);
                if (handles.TryPeek(out ulong changed)) table.Classify(changed, random.Next(slots));
                if (handles.TryPeek(out ulong raced)) table.TryClose(raced, out _);
                if (i % 3 != 0 || !handles.TryDequeue(out ulong ended)) continue;
                table.TryClose(ended, out _);
                table.Classify(ended, random.Next(slots)); // too late
            }
        });
        for (int cell = 0; cell < cells; cell++)
        {
            long classed = Enumerable.Range(1, slots - 1).Sum(slot => table.ClassKbps(cell, slot));
            Assert.InRange(classed, 0, table.CellKbps(cell));
        }
        while (handles.TryDequeue(out ulong handle)) table.TryClose(handle, out _);
        Assert.Equal(0, table.Count);
        for (int cell = 0; cell < cells; cell++)
        {
            Assert.Equal(0, table.CellKbps(cell));
            for (int slot = 1; slot < slots; slot++) Assert.Equal(0, table.ClassKbps(cell, slot));
        }
    }

    /// <summary>Threads open, beat, move and close the same sessions while another lets them expire; the counts must come out to the last one.</summary>
    [Fact]
    public void Counts_neither_drift_nor_go_negative_under_concurrent_change()
    {
        const int nodes = 16, threads = 8;
        SessionTable table = Table(capacity: 4_000);
        var handles = new ConcurrentQueue<ulong>();
        long opened = 0, closed = 0, expired = 0;
        bool negative = false;
        Parallel.For(0, threads, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 40_000; i++)
            {
                switch (random.Next(6))
                {
                    case 0 or 1:
                        if (table.TryOpen(random.Next(nodes), 1, 10, 1_000 + random.Next(100), out ulong handle))
                        {
                            Interlocked.Increment(ref opened);
                            handles.Enqueue(handle);
                        }
                        break;
                    case 2:
                        if (handles.TryPeek(out ulong beaten)) table.TryBeat(beaten, 1_000 + random.Next(200), out _);
                        break;
                    case 3:
                        if (handles.TryPeek(out ulong moved)) table.TryMove(moved, random.Next(nodes), random.Next(nodes), 1_000);
                        break;
                    case 4:
                        if (handles.TryPeek(out ulong raced) && table.TryClose(raced, out _)) Interlocked.Increment(ref closed);
                        if (handles.TryDequeue(out ulong ended) && table.TryClose(ended, out _)) Interlocked.Increment(ref closed);
                        break;
                    default:
                        Interlocked.Add(ref expired, table.Expire(1_000 + random.Next(100), random.Next(4_000), 50));
                        break;
                }
                if (table.Node(random.Next(nodes)).Count < 0) negative = true;
            }
        });
        Assert.False(negative);
        Assert.Equal(opened - closed - expired, table.Count);
        Assert.Equal(table.Count, Enumerable.Range(0, nodes).Sum(n => table.Node(n).Count));
        Assert.Equal(table.Count * 10, Enumerable.Range(0, nodes).Sum(n => table.Node(n).Kbps));
        table.Expire(5_000, 0, table.UsedPlaces);
        Assert.Equal(0, table.Count);
        Assert.All(Enumerable.Range(0, nodes), n => Assert.Equal((0L, 0L), (table.Node(n).Count, table.Node(n).Kbps)));
    }
}
