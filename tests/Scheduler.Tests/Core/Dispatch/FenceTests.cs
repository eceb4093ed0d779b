using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Control;
using Scheduler.Tests.Core.Policies;

namespace Scheduler.Tests.Core.Dispatch;

/// <summary>Fences and the sites of classes, by an oracle that reads the policy itself and nothing that was compiled.</summary>
public sealed class FenceTests
{
    private static readonly ImmutableArray<CellPlace> Cells =
        [.. RandomPolicy.Countries.Append("").Select((country, i) => new CellPlace($"{country}-{i}", i + 1, country, new GeoPoint(10 * i, 15 * i)))];

    /// <summary>Every way to name a site is taken: the row, an override's, stickiness, the sweep, spill, frozen, publishers, looks.</summary>
    [Fact]
    public void No_decision_names_a_fenced_site() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed => NeverFenced(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static bool NeverFenced(Random random)
    {
        Fleet drawn = RandomPolicy.Fleet(random, random.Next(2, 24));
        Policy policy = RandomPolicy.Of(random, drawn);
        FleetIndex fleet = FleetIndexBuilder.Build(
            drawn, [.. Enumerable.Range(1, drawn.Sites.Length)], [.. Enumerable.Range(1, drawn.Nodes.Length)], null, 0);
        ImmutableArray<ImmutableArray<string>> lists = [[.. drawn.Sites.Where(_ => random.Next(2) == 0).Select(site => site.Id)], [drawn.Sites[0].Id]];
        ClassTables tables = new ClassCompiler(DispatchPolicy.Default with { SpillRatio = 0.05 }, RttSources.ByDistance, null).Compile(policy, Cells, lists, fleet);
        RoutingSnapshot snapshot = Snapshot(random, fleet, tables);
        for (int i = 0; i < 30; i++)
        {
            int cell = random.Next(Cells.Length), streamClass = random.Next(policy.Classes.Length + 1);
            int list = random.Next(lists.Length * 3);
            int row = list >= lists.Length ? cell : Cells.Length + (snapshot.Fences.ProfileOf(cell) * lists.Length) + list;
            var request = new DispatchRequest
            {
                Cell = cell, Row = row, Class = streamClass, Stream = (ulong)random.NextInt64(), Viewer = (uint)random.Next(), Kbps = random.Next(1, 40_000),
                Role = random.Next(5) == 0 ? NodeRoles.Ingest : NodeRoles.Edge, Protocols = random.Next(3) == 0 ? StreamProtocols.WebRtc : StreamProtocols.None,
                Stay = random.Next(2) == 0 ? random.Next(fleet.Nodes.Length) : null, Exclude = random.Next(2) == 0 ? [random.Next(fleet.Nodes.Length)] : [],
                WarmEpoch = 1, Want = random.Next(1, 9), LookOnly = random.Next(2) == 0,
            };
            Dispatcher.Decide(snapshot, in request, out Decision decision);
            for (int rank = 0; rank < decision.Count; rank++)
                Assert.True(Allowed(policy, streamClass, Cells[cell].Country, fleet.Sites[decision[rank].Site]!.Site), $"{decision.Outcome} names a fenced site");

            NodeRoles role = request.Role;
            StreamProtocols protocols = request.Protocols;
            bool Serves(Node node) => (node.Roles & role) != 0 && (protocols == StreamProtocols.None || (node.Protocols & protocols) != 0);
            bool lawful = drawn.Nodes.Any(node => Serves(node) && Allowed(policy, streamClass, Cells[cell].Country, fleet.Sites[fleet.TryFindSite(node.Site, out int s) ? s : 0]!.Site));
            Assert.Equal(!lawful && drawn.Nodes.Any(Serves), decision.Outcome == DispatchOutcome.Fenced);
        }
        return true;
    }

    private static bool Allowed(Policy policy, int streamClass, string country, Site site)
    {
        if (streamClass > 0 && policy.Classes[streamClass - 1].Sites is { } own && !own.Selects(site)) return false;
        foreach (GeoFence fence in policy.Fences)
        {
            bool binds = fence.Countries.IsEmpty ? !fence.ExceptCountries.Contains(country) : fence.Countries.Contains(country);
            if (binds && fence.Sites.Selects(site) != (fence.Rule == FenceRule.Allow)) return false;
        }
        return true;
    }

    private static RoutingSnapshot Snapshot(Random random, FleetIndex fleet, ClassTables tables)
    {
        var load = new LiveLoad(LoadPenalty.Default);
        var standings = new Eligibility[fleet.Nodes.Length];
        var doubted = new bool[standings.Length];
        bool crisis = random.Next(3) == 0;
        foreach (IndexedNode node in fleet.Nodes.OfType<IndexedNode>())
        {
            ref NodeLedger ledger = ref load.Node(node.Index);
            bool full = crisis && random.Next(2) == 0;
            ledger.Offset = full ? 100_000 : random.Next(100_000);
            ledger.Ceiling = full ? 0 : 100_000 - ledger.Offset;
            ledger.InverseCapacity = 1.0 / 100_000;
            ref SiteLedger site = ref load.Site(node.SiteIndex);
            (site.Ceiling, site.Offset, site.InverseCapacity) = (site.Ceiling + ledger.Ceiling, site.Offset + ledger.Offset, 1.0 / 100_000);
            standings[node.Index] = random.Next(crisis ? 2 : 6) == 0 ? (Eligibility)random.Next(1, 8) : Eligibility.Eligible;
            doubted[node.Index] = random.Next(5) == 0;
        }
        return RoutingSnapshotBuilder.Build(
            1, 1, null!, tables.Tables[0].Candidates, fleet, standings, doubted, new float[fleet.Sites.Length], random.Next(4) == 0, load,
            new StreamTable(64, fleet.Sites.Length), tables.Tables[0].Policy, tables);
    }

    [Fact]
    public void A_decision_for_a_class_behind_fences_allocates_nothing()
    {
        var random = new Random(1);
        Fleet drawn = RandomPolicy.Fleet(random, 20);
        Policy policy = Policy.Empty with
        {
            Fences = [new GeoFence("de", ["DE"], [], FenceRule.Deny, SiteSelector.None with { Sites = ["s03"] }, "law")],
            Classes = [new StreamClass("vip", ["vip-*"], [], PolicyWeights.None, SiteSelector.None with { Regions = ["region-0", "region-1"] })],
        };
        FleetIndex fleet = FleetIndexBuilder.Build(drawn, [.. Enumerable.Range(1, 20)], [.. Enumerable.Range(1, drawn.Nodes.Length)], null, 0);
        ClassTables tables = new ClassCompiler(DispatchPolicy.Default, RttSources.ByDistance, null).Compile(policy, Cells, [], fleet);
        RoutingSnapshot snapshot = Snapshot(random, fleet, tables);
        byte[] stream = Encoding.ASCII.GetBytes("vip-1");
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                var request = new DispatchRequest
                {
                    Cell = 0, Row = 0, Class = snapshot.Classifier.Of(stream, null), Stream = (ulong)i, Kbps = 10, Role = NodeRoles.Edge, WarmEpoch = 1, Want = 3,
                };
                Dispatcher.Decide(snapshot, in request, out _);
            }
        }));
    }
}
