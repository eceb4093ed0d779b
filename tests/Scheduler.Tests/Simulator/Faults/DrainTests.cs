using Scheduler.Core.Topology;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Faults;

/// <summary>Drains in a run: what an operator orders, what the product makes of it, and how that is held against the preview.</summary>
public sealed class DrainTests
{
    private const int Begin = 30;

    private static readonly Scenario Roomy = SmallWorld.Scenario with { Pressure = 0.5, DurationS = 240, SessionKbps = 6_000 };
    private static readonly World Plain = SmallWorld.Build(Roomy);

    private static int Largest => Enumerable.Range(0, Plain.Fleet.Sites.Length).Where(s => Plain.Fleet.Sites[s].Kind == SiteKind.Pop)
        .MaxBy(s => Plain.Fleet.Sites[s].EgressCap!.Value.Kbps);

    [CheckoutWorldFact]
    public void A_drained_site_gets_nobody_new_is_left_by_each_once_and_comes_back()
    {
        (RunResult result, Timeline seen) = Play(new Fault(FaultKind.Drain, Begin, 150), PolicyNames.Scheduler);
        DrainResult drain = Assert.Single(result.Drains);
        Assert.True(drain.Sessions > 20, $"{drain.Sessions} sessions to begin with");
        Assert.InRange(drain.EmptiedAfterS!.Value, 1, 149);
        Assert.InRange(drain.MigrationsPerSession!.Value, 1, 1.05);
        Assert.DoesNotContain(seen.Named, named => named.Site == Largest && named.AtMs >= Begin * 1_000 && named.AtMs < (Begin + 150) * 1_000);
        Assert.Contains(seen.Named, named => named.Site == Largest && named.AtMs > (Begin + 150) * 1_000);
        Assert.Equal((0.0, 0L, 0L), (result.OverloadSiteSeconds, result.Refusals, result.Lost));
    }

    [CheckoutWorldFact]
    public void What_comes_to_be_is_near_what_the_preview_foretold()
    {
        DrainResult drain = Assert.Single(Play(new Fault(FaultKind.Drain, Begin), PolicyNames.Scheduler).Result.Drains);
        Assert.InRange(drain.Cost!.Value / drain.PreviewCost, 0.95, 1.05);
        Assert.InRange(drain.RttMs!.Value / drain.PreviewRttMs, 0.95, 1.05);
    }

    [CheckoutWorldFact]
    public void By_a_ramp_a_site_gets_fewer_and_fewer_and_from_its_deadline_on_nobody()
    {
        Timeline seen = Play(new Fault(FaultKind.Drain, Begin) { RampS = 90, DeadlineS = 120 }, PolicyNames.Scheduler).Seen;
        int Named(int fromS, int toS) => seen.Named.Count(named => named.Site == Largest && named.AtMs >= fromS * 1_000 && named.AtMs < toS * 1_000);
        Assert.True(Named(Begin, Begin + 45) > 0);
        Assert.True(Named(Begin + 45, Begin + 90) < Named(Begin, Begin + 45));
        Assert.Equal(0, Named(Begin + 121, (int)Roomy.DurationS));
    }

    [CheckoutWorldFact]
    public void A_drained_IDC_takes_the_PoPs_with_it_that_have_no_other()
    {
        Scenario fed = Roomy with { Upstreams = 1, Pressure = 0.3 };
        Fleet fleet = SmallWorld.Build(fed).Fleet;
        Site idc = fleet.Sites.Where(s => s.Kind == SiteKind.Idc).MinBy(s => fleet.Sites.Count(p => p.Upstreams.Contains(s.Id)))!;
        DrainResult drain = Assert.Single(SmallWorld.Play(fed with { Faults = [new(FaultKind.IdcDrain, Begin, Target: idc.Id) { DeadlineS = 60 }] }, PolicyNames.Scheduler).Drains);
        Assert.Equal(fleet.Sites.Count(s => s.Id == idc.Id || s.Upstreams is [var only] && only == idc.Id), drain.Sites);
        Assert.InRange(drain.EmptiedAfterS!.Value, 1, 120);
    }

    [CheckoutWorldFact]
    public void A_rule_that_knows_no_migration_sends_nobody_new_there_and_moves_nobody()
    {
        (RunResult result, Timeline seen) = Play(new Fault(FaultKind.Drain, Begin), "nearest");
        Assert.Equal(0, Assert.Single(result.Drains).Migrations);
        Assert.DoesNotContain(seen.Named, named => named.Site == Largest && named.AtMs >= Begin * 1_000);
    }

    private static (RunResult Result, Timeline Seen) Play(Fault fault, string policy)
    {
        var seen = new Timeline();
        return (SmallWorld.Watch(Roomy with { Faults = [fault] }, policy, seen), seen);
    }
}
