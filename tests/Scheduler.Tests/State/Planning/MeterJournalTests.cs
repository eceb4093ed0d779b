using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Control;
using Scheduler.State.Planning;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Planning;

/// <summary>Two sites with a commit of 500 Mbit/s each.</summary>
public sealed class MeterJournalTests
{
    private readonly FaultyMeterStore _store = new();

    [Fact]
    public async Task What_the_month_is_billed_at_outlives_a_restart()
    {
        Start before = Begin();
        await before.CarryAsync(slots: 3, p00Mbps: 800);
        Assert.Equal(800, before.FreeMbps("p00"), 1.0);
        Start after = Begin(before.Replica.Time.GetUtcNow());
        after.Look(p00Mbps: 100);
        Assert.Equal(500, after.FreeMbps("p00")); // not read yet: the commit alone
        await after.Journal.StepAsync(leads: true, default);
        after.Look(p00Mbps: 100);
        Assert.Equal(800, after.FreeMbps("p00"), 1.0);
        Assert.Equal(500, after.FreeMbps("p01"));
    }

    [Fact]
    public async Task A_slot_is_kept_whole_when_it_has_ended_and_once()
    {
        Start start = Begin();
        await start.CarryAsync(slots: 2, p00Mbps: 800);
        ImmutableArray<MeterSlot> kept = await _store.AllAsync();
        Assert.Equal(2, kept.Length);
        Assert.All(kept, slot => Assert.Equal(0, slot.Start.ToUnixTimeMilliseconds() % 300_000));
        Assert.All(kept, slot => Assert.Equal([start.Number("p00"), start.Number("p01")], slot.Sites.Select(site => site.Number)));
        Assert.Equal(800_000, kept[1].Sites[0].Kbps, 1_000.0);
        Assert.Equal(0, kept[1].Sites[1].Kbps);
        Assert.Empty(start.Plans.Bills.Waiting());
        Assert.Equal(2, _store.Appended);
    }

    [Fact]
    public async Task What_ended_while_the_store_was_gone_is_kept_when_it_is_back()
    {
        Start start = Begin();
        await start.CarryAsync(slots: 1, p00Mbps: 800);
        _store.IsGone = true;
        await Assert.ThrowsAsync<StoreException>(() => start.CarryAsync(slots: 1, p00Mbps: 700));
        await Assert.ThrowsAsync<StoreException>(() => start.CarryAsync(slots: 1, p00Mbps: 600));
        Assert.Equal(2, start.Plans.Bills.Waiting().Length);
        _store.IsGone = false;
        await start.Journal.StepAsync(leads: true, default);
        Assert.Equal(3, (await _store.AllAsync()).Length);
        Assert.Equal([800, 700, 600], (await _store.AllAsync()).Select(slot => Math.Round(slot.Sites[0].Kbps / 10_000.0) * 10));
    }

    [Fact]
    public async Task Only_the_leader_writes_and_who_comes_to_lead_reads_the_month_again()
    {
        Start leader = Begin(), follower = Begin();
        await follower.CarryAsync(slots: 1, p00Mbps: 300, leads: false);
        Assert.Equal(0, _store.Appended);
        await leader.CarryAsync(slots: 4, p00Mbps: 900);
        follower.Look(p00Mbps: 300);
        Assert.Equal(500, follower.FreeMbps("p00"));
        await follower.Journal.StepAsync(leads: true, default);
        follower.Look(p00Mbps: 300);
        Assert.Equal(900, follower.FreeMbps("p00"), 1.0);
    }

    [Fact]
    public void What_waits_is_bounded_and_the_oldest_goes_first()
    {
        Start start = Begin();
        for (int slot = 0; slot < SiteBills.MostWaiting + 10; slot++)
        {
            start.Look(p00Mbps: 100);
            start.Replica.Time.Advance(TimeSpan.FromMinutes(5));
        }
        ImmutableArray<MeterSlot> waiting = start.Plans.Bills.Waiting();
        Assert.Equal(SiteBills.MostWaiting, waiting.Length);
        Assert.Equal(TimeSpan.FromMinutes(5 * (SiteBills.MostWaiting - 1)), waiting[^1].Start - waiting[0].Start);
    }

    [Fact]
    public async Task The_month_before_the_last_is_deleted()
    {
        Start start = Begin();
        DateTimeOffset month = SiteBills.MonthOf(start.Replica.Clock.UnixMs);
        await _store.AppendAsync([new MeterSlot(month.AddDays(-40), []), new MeterSlot(month.AddDays(-20), [])], default);
        await start.Journal.StepAsync(leads: true, default);
        Assert.Equal([month.AddDays(-20)], (await _store.AllAsync()).Select(slot => slot.Start));
    }

    private Start Begin(DateTimeOffset? at = null)
    {
        DispatchPolicy policy = DispatchPolicy.Default with { Cost = SiteCost.Default with { PriceCommits = true } };
        var replica = new Replica(options: ControlOptions.Default with { Policy = policy });
        if (at is { } now) replica.Time.Advance(now - replica.Time.GetUtcNow());
        replica.Configure(fleet: World.FleetOf(2, 2) with { Tariffs = [new Tariff("eu", 17, TariffBilling.Percentile95, BitRate.FromKbps(500_000))] });
        var plans = new PlanLoop(replica.Control, replica.Clock);
        return new Start(replica, plans, new MeterJournal(_store, plans.Bills, replica.Clock));
    }

    private sealed record Start(Replica Replica, PlanLoop Plans, MeterJournal Journal)
    {
        public int Number(string id) => Replica.Snapshot.Fleet.Sites[Index(id)]!.Number;

        public double FreeMbps(string id) => Plans.Status!.InForce.Plan.Problem.Terms[Index(id)].Commit is { } commit ? commit.CommitMbps : 0;

        /// <summary>Has the sites carry so much until so many slots have ended, looking twice a slot, then lets the journal have its turn.</summary>
        public async Task CarryAsync(int slots, double p00Mbps, bool leads = true)
        {
            long end = ((Replica.Clock.UnixMs / 300_000) + slots) * 300_000;
            while (Replica.Clock.UnixMs < end)
            {
                Look(p00Mbps);
                Replica.Time.Advance(TimeSpan.FromMilliseconds(Math.Min(150_000, end - Replica.Clock.UnixMs)));
                Look(p00Mbps);
                if (Replica.Clock.UnixMs % 300_000 == 0) await Journal.StepAsync(leads, default);
            }
        }

        public void Look(double p00Mbps)
        {
            foreach (string node in (string[])["p00-00", "p00-01", "p01-00", "p01-01"])
                Replica.Report(node, egress: node.StartsWith("p00", StringComparison.Ordinal) ? (long)(p00Mbps * 500) : 0);
            Replica.Tick();
            Plans.Step(Demand.None);
        }

        private int Index(string id) => Replica.Snapshot.Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException(id);
    }

    /// <summary>A store that can be gone.</summary>
    private sealed class FaultyMeterStore : IMeterStore
    {
        private readonly MemoryMeterStore _store = new();

        public bool IsGone { get; set; }

        public int Appended { get; private set; }

        public ValueTask<ImmutableArray<MeterSlot>> AllAsync() => _store.ReadAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);

        public ValueTask AppendAsync(IReadOnlyCollection<MeterSlot> slots, CancellationToken cancellation)
        {
            if (IsGone) throw new StoreException("gone");
            Appended += slots.Count;
            return _store.AppendAsync(slots, cancellation);
        }

        public ValueTask<ImmutableArray<MeterSlot>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) =>
            IsGone ? throw new StoreException("gone") : _store.ReadAsync(since, until, cancellation);

        public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation) => _store.PruneAsync(before, cancellation);
    }
}
