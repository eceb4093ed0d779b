using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State;
using Scheduler.State.Planning;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Planning;

namespace Scheduler.Tests.State.Planning;

/// <summary>Four sites of 2 Gbit/s each, eastward from London; class west may go to the first two, class east to the last two, film suffers from distance sooner.</summary>
public sealed class ClassPlanTests
{
    private static readonly StreamClass West = Class("west", "p00", "p01"), East = Class("east", "p02", "p03");
    private static readonly StreamClass Film = Class("film") with
    {
        Sites = null,
        Weights = PolicyWeights.None with { Values = PolicyWeights.None.Values.Add("comfort_ms", 5).Add("excess_weight", 3) },
    };

    private readonly Replica _replica = new(sites: 4, nodesPerSite: 2);
    private readonly PlanLoop _plans;

    public ClassPlanTests()
    {
        _plans = new PlanLoop(_replica.Control, _replica.Clock);
        _replica.Configure(policy: Policy.Empty with { Classes = [West, East] });
        _replica.Run(2);
    }

    private PlanInForce Held => _plans.Status!.InForce;

    private CellPlace London => _replica.Snapshot.Candidates.Cells[Replica.London];

    [Fact]
    public void Classes_of_disjoint_sites_are_planned_each_on_its_own_and_pay_for_their_own_load()
    {
        _plans.Step(Asked(all: 2_600, ("east", 300), ("west", 2_300)));
        Assert.Equal(2_300, Load("p00") + Load("p01"), 0.01);
        Assert.Equal(300, Load("p02") + Load("p03"), 0.01);
        Assert.True(Asking("p00") > Asking("p02") + 1, $"{Asking("p00")} {Asking("p02")}");
        _plans.Step(Asked(all: 5_900, ("east", 3_600), ("west", 2_300)));
        Assert.Equal(2_300, Load("p00") + Load("p01"), 0.01);
        Assert.Equal(3_600, Load("p02") + Load("p03"), 0.01);
        Assert.True(Asking("p02") > Asking("p00") + 1, $"{Asking("p00")} {Asking("p02")}"); // theirs is the dearer half now
        Assert.InRange(Held.Plan.Certificate.Gap, 0, PlanRules.Gap);
    }

    [Fact]
    public void A_plan_of_classes_is_as_cheap_as_the_best_of_all_splits()
    {
        _replica.Configure(policy: Policy.Empty with { Classes = [West, Film] });
        double plain = 2_100, west = 1_700, film = 1_400;
        _plans.Step(Asked(all: plain + west + film, ("film", film), ("west", west)));
        Assert.InRange(Held.Plan.Certificate.Gap, 0, PlanRules.Gap);
        double best = double.PositiveInfinity;
        foreach (double[] a in Splits(4))
            foreach (double[] b in Splits(2))
                foreach (double[] c in Splits(4)) best = Math.Min(best, Cost(plain, a, west, b, film, c));
        Assert.InRange(Held.Plan.Certificate.Cost, best * 0.97, best); // what so few ways miss
        Assert.True(Held.Plan.Certificate.LowerBound <= best);
    }

    [Fact]
    public void A_plan_sums_to_the_demand_of_each_class_and_goes_nowhere_that_its_sites_forbid() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        var random = new Random(seed);
        double west = random.Next(0, 3_000), east = random.Next(0, 3_000), other = random.Next(1, 2_000);
        var plans = new PlanLoop(_replica.Control, _replica.Clock);
        plans.Step(Asked(all: west + east + other, ("east", east), ("west", west)));
        PlanInForce held = plans.Status!.InForce;
        for (int row = 0; row < held.Rows.CellRows; row++)
        {
            string id = held.Rows.ClassOf(row).Id;
            double asked = held.Rows.CellOf(row) != Replica.London ? 0 : id switch { "west" => west, "east" => east, _ => other };
            Assert.Equal(asked, held.Plan.TrafficOf(row).ToArray().Sum(), 1e-6);
            foreach (int site in held.Plan.Problem.Network.SitesOf(row)) Assert.True(id == StreamClassifier.Default || (id == "west") == (site < 2));
        }
        Assert.Equal(west + east + other, held.Plan.LoadsMbps.ToArray().Sum(), 1e-6);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Sessions_are_metered_by_class_and_by_the_policy_of_their_latest_beat()
    {
        SessionClaims claims = Open("west-1", 1, 5_000_000);
        Open("film-1", 2, 3_000_000);
        Assert.Equal(["west"], Metered().Classes.Select(part => part.Class));
        Assert.Equal([new NumberedKbps(London.Number, 5_000)], Metered().Classes[0].Cells.AsEnumerable());
        Assert.Equal([new NumberedKbps(London.Number, 8_000)], Metered().Cells.AsEnumerable());

        // Another class comes before it, and takes its number; the sessions stay counted with their own.
        _replica.Configure(policy: Policy.Empty with { Classes = [Film, East, West] });
        Assert.Equal(["west"], Metered().Classes.Select(part => part.Class));
        _replica.Configure(policy: Policy.Empty with { Classes = [East, Class("west-wind", "p00") with { Streams = ["west*"] }] });
        Assert.Empty(Metered().Classes); // until it is known what they are now, they are as all
        Assert.Equal(BeatAction.Stay, Beat(ref claims, "west-1"));
        Assert.Equal(["west-wind"], Metered().Classes.Select(part => part.Class));
        Assert.True(_replica.Desk.Close(in claims));
        Assert.Empty(Metered().Classes);
        Assert.Equal([new NumberedKbps(London.Number, 3_000)], Metered().Cells.AsEnumerable());
    }

    [Fact]
    public void A_class_with_the_candidates_of_all_is_planned_with_all()
    {
        _replica.Configure(policy: Policy.Empty with { Classes = [Film with { Weights = PolicyWeights.None with { Values = PolicyWeights.None.Values.Add("cold_stream_ms", 50) } }] });
        Open("film-1", 1, 5_000_000);
        Assert.Empty(Metered().Classes);
        _plans.Step(Metered());
        Assert.Single(Held.Rows.Classes);
    }

    [Fact]
    public void A_class_gets_rows_when_its_first_viewer_comes()
    {
        _plans.Step(Asked(all: 1_000));
        Assert.Single(Held.Rows.Classes);
        _plans.Step(Asked(all: 1_400, ("east", 400)));
        Assert.Equal([StreamClassifier.Default, "east"], Held.Rows.Classes.Select(known => known.Id));
        Assert.Equal(400, Load("p02") + Load("p03"), 0.01);
        Assert.Equal(1, _plans.Solves(PlanReason.Network, PlanOutcome.Published));
    }

    [Fact]
    public void A_drain_of_all_sites_of_a_class_is_infeasible_whatever_room_there_is_elsewhere()
    {
        var foresight = new DrainForesight(_plans, _replica.Control, new DemandDay(), DrainRules.Default, _replica.Clock);
        _replica.Configure(policy: Policy.Empty with { Classes = [Class("one", "p03")] });
        _plans.Step(Asked(all: 1_000, ("one", 700)));
        DrainPreview preview = Look("p03").Moments[0].Preview;
        Assert.Equal([Replica.London], preview.StrandedCells.AsEnumerable());
        Assert.Equal(700, preview.ShortMbps, 0.01);
        Assert.True(Look("p00").IsFeasible);

        DrainOutlook Look(string site)
        {
            DateTimeOffset now = _replica.Clock.UtcNow;
            var target = new DrainTarget(DrainTargetKind.Site, site);
            return foresight.Look(_replica.Configuration, DrainTargets.Resolve(_replica.Configuration.Fleet, target), now, now.AddHours(1))!;
        }
    }

    [Fact]
    public void A_forecast_gives_a_class_the_sites_that_the_policy_in_question_gives_it()
    {
        var forecaster = new PlanForecaster(_replica.Control, _plans, _replica.Clock);
        _plans.Step(Asked(all: 3_000, ("east", 3_000)));
        Assert.True(forecaster.Of(_replica.Configuration)!.IsFeasible);
        Assert.Equal(3_000, forecaster.Of(_replica.Configuration)!.DemandMbps, 1e-6);
        PlanForecast narrower = forecaster.Of(_replica.Configuration with { Policy = Policy.Empty with { Classes = [Class("east", "p02")] } })!;
        Assert.False(narrower.IsFeasible);
        Assert.Equal("p02", narrower.MostUtilised);
        Assert.True(forecaster.Of(_replica.Configuration with { Policy = Policy.Empty })!.Cost < forecaster.Of(_replica.Configuration)!.Cost);
    }

    private static StreamClass Class(string id, params ImmutableArray<string> sites) =>
        new(id, [id + "-*"], [], PolicyWeights.None, SiteSelector.None with { Sites = sites });

    private Demand Asked(double all, params (string Class, double Mbps)[] classes) =>
        new([new(London.Number, Kbps(all))], [])
        {
            Classes = [.. classes.Where(part => part.Mbps > 0).Select(part => new ClassDemand(part.Class, [new(London.Number, Kbps(part.Mbps))]))],
        };

    private static long Kbps(double mbps) => (long)(mbps * 1_000);

    private Demand Metered() => new DemandMeter(_replica.Table).Read(_replica.Snapshot);

    private int ClassOf(string stream) => _replica.Snapshot.Classifier.Of(System.Text.Encoding.ASCII.GetBytes(stream), null);

    private SessionClaims Open(string name, ulong stream, long bitrateBps)
    {
        var order = new SessionOrder { Cell = Replica.London, Row = Replica.London, Stream = stream, Class = ClassOf(name), BitRateBps = bitrateBps, Want = 1 };
        Assert.True(_replica.Desk.TryOpen(_replica.Snapshot, in order, null, out _, out SessionClaims claims));
        return claims;
    }

    private BeatAction Beat(ref SessionClaims claims, string name) => _replica.Desk.Beat(_replica.Snapshot, ref claims, out _, streamClass: ClassOf(name));

    private int Site(string id) => _replica.Snapshot.Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException(id);

    private double Load(string id) => Held.Plan.LoadsMbps[Site(id)];

    private float Asking(string id) => _plans.Status!.Prices.AskedMs[Site(id)];

    /// <summary>Many ways to share something among sites: a seventh of it or more at a time to the first, of what is left to the next.</summary>
    private static IEnumerable<double[]> Splits(int sites) => sites == 1
        ? [[1.0]]
        : Enumerable.Range(0, 8).SelectMany(first => Splits(sites - 1).Select(rest => (double[])[first / 7.0, .. rest.Select(part => part * (1 - (first / 7.0)))]));

    /// <summary>What a split costs, by the definition: each class by its own weights, the load of all at each site.</summary>
    private double Cost(double plain, double[] a, double west, double[] b, double film, double[] c)
    {
        double cost = 0;
        for (int i = 0; i < 4; i++)
        {
            int site = Site($"p{i:00}");
            double rtt = _replica.Snapshot.Candidates.RttMs(Replica.London, site), load = (plain * a[i]) + (i < 2 ? west * b[i] : 0) + (film * c[i]);
            cost += ((load - (film * c[i])) * Before(rtt, 80, 2)) + (film * c[i] * Before(rtt, 5, 3)) + (2_000 * LoadPenalty.Default.Integral(load / 2_000));
        }
        return cost;

        static double Before(double rtt, double comfort, double excess) => rtt + (excess * Math.Max(0, rtt - comfort)) + 1; // every site's tariff is 1
    }
}
