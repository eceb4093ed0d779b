using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;

namespace Scheduler.Tests.State.Policies;

/// <summary>What a policy does from the moment it is applied: sites p00, p01, p02 eastward from London, the nearest first.</summary>
public sealed class PolicyInForceTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    public PolicyInForceTests() => _replica.Run(3);

    [Fact]
    public void A_barred_site_is_no_candidate_from_the_next_decision_on()
    {
        Assert.Equal("p00", SiteOf(_replica.Look()));
        Fence(FenceRule.Deny, "p00");
        Decision decision = _replica.Look(want: 8);
        Assert.Equal(4, decision.Count);
        for (int i = 0; i < decision.Count; i++) Assert.DoesNotContain("p00", _replica.NodeOf(decision[i]), StringComparison.Ordinal);
        _replica.Configure(policy: Policy.Empty);
        Assert.Equal("p00", SiteOf(_replica.Look()));
    }

    [Fact]
    public void Where_the_law_leaves_one_site_its_viewers_wait_rather_than_go_elsewhere()
    {
        Fence(FenceRule.Allow, "p02");
        Assert.Equal("p02", SiteOf(_replica.Look()));
        foreach (string node in (string[])["p02-00", "p02-01"]) _replica.Report(node, egress: World.NodeKbps);
        _replica.Tick();
        Assert.Equal(DispatchOutcome.NoRoom, _replica.Look().Outcome);
        _replica.Drain("p02");
        Assert.Equal(DispatchOutcome.NoEligibleSite, _replica.Look().Outcome);
    }

    [Fact]
    public void Where_the_law_leaves_nothing_that_is_the_outcome_whatever_the_state_of_sites()
    {
        Fence(FenceRule.Deny, "p00", "p01", "p02");
        Assert.Equal(DispatchOutcome.Fenced, _replica.Look().Outcome);
        Assert.Equal("no-gb: a court said so", _replica.Snapshot.Fences.ReasonFor(Replica.London));
        _replica.Drain("p01");
        Assert.Equal(DispatchOutcome.Fenced, _replica.Look().Outcome);
    }

    [Fact]
    public void A_fence_that_bars_every_site_by_itself_is_the_reason_and_no_other_is_told()
    {
        GeoFence some = new("some", ["GB"], [], FenceRule.Deny, SiteSelector.None with { Sites = ["p00"] }, "a licence");
        GeoFence others = new("others", ["GB"], [], FenceRule.Allow, SiteSelector.None with { Sites = ["p00"] }, "a treaty");
        GeoFence all = new("all", ["GB"], [], FenceRule.Deny, SiteSelector.Every, "an embargo");
        _replica.Configure(policy: Policy.Empty with { Fences = [some, all] });
        Assert.Equal("all: an embargo", _replica.Snapshot.Fences.ReasonFor(Replica.London));
        _replica.Configure(policy: Policy.Empty with { Fences = [some, others] });
        Assert.Equal((DispatchOutcome.Fenced, "some: a licence; others: a treaty"), (_replica.Look().Outcome, _replica.Snapshot.Fences.ReasonFor(Replica.London)));
    }

    [Fact]
    public void A_session_follows_the_previous_one_only_where_the_law_lets_it()
    {
        SessionClaims before = _replica.Open();
        Fence(FenceRule.Deny, "p00");
        Assert.StartsWith("p01", _replica.NodeOf(_replica.Open(previous: before)));
    }

    [Fact]
    public void A_beat_moves_a_session_away_from_a_site_that_was_barred()
    {
        SessionClaims claims = _replica.Open();
        Fence(FenceRule.Deny, "p00");
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.StartsWith("p01", _replica.NodeOf(claims));
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
    }

    [Fact]
    public void A_session_that_may_stay_nowhere_is_ended()
    {
        SessionClaims claims = _replica.Open();
        Fence(FenceRule.Deny, "p00", "p01", "p02");
        Assert.Equal(BeatAction.Fenced, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(0, _replica.Table.Count);
        Assert.Equal(BeatAction.Ended, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
    }

    [Fact]
    public void A_failover_names_no_barred_site()
    {
        SessionClaims claims = _replica.Open();
        Fence(FenceRule.Deny, "p01");
        Assert.Equal(BeatAction.Move, _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index(_replica.NodeOf(claims)), out Decision decision));
        for (int i = 0; i < decision.Count; i++) Assert.DoesNotContain("p01", _replica.NodeOf(decision[i]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fallback_that_fails_leaves_no_one_on_a_barred_site()
    {
        SessionClaims claims = _replica.Open();
        Fence(FenceRule.Deny, "p00");
        Assert.Equal(BeatAction.Move, _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index("p02-00"), out _));
        Assert.StartsWith("p01", _replica.NodeOf(claims));
    }

    [Fact]
    public void A_fence_for_one_country_is_none_for_another()
    {
        Fence(FenceRule.Deny, "p00");
        const int berlin = 0;
        _replica.Desk.Look(_replica.Snapshot, new SessionOrder { Cell = berlin, Row = berlin, Stream = 1, Want = 8 }, out Decision decision);
        Assert.Equal(6, decision.Count);
    }

    [Fact]
    public void Classes_are_served_by_their_own_weights_and_sites()
    {
        // p02 is a little cheaper than the nearest site, which only a class that looks at the price finds worth the way.
        Fleet fleet = World.FleetOf(3, 2);
        _replica.Configure(fleet with
        {
            Tariffs = [.. fleet.Tariffs, new Tariff("dear", 3, TariffBilling.Flat, BitRate.Zero)],
            Sites = [.. fleet.Sites.Select(site => site.Id == "p02" ? site : site with { Tariff = "dear" })],
        });
        _replica.Run(3);
        _replica.Configure(policy: Policy.Empty with
        {
            Weights = Weights(("price_weight", 0)),
            Classes =
            [
                new StreamClass("cheap", ["vod-*"], [], Weights(("price_weight", 50)), null),
                new StreamClass("bound", [], ["acme"], PolicyWeights.None, SiteSelector.None with { Sites = ["p01"] }),
            ],
        });
        Assert.Equal("p00", SiteOf(Look("live-1")));
        Assert.Equal("p02", SiteOf(Look("vod-1")));
        Assert.Equal("p01", SiteOf(Look("live-1", "acme")));
    }

    [Fact]
    public void A_class_whose_weights_are_in_no_row_shares_the_candidates_of_all()
    {
        _replica.Configure(policy: Policy.Empty with { Classes = [new StreamClass("warm", ["w-*"], [], Weights(("cold_stream_ms", 50), ("near_ms", 0)), null)] });
        Assert.Same(_replica.Snapshot.Candidates, _replica.Snapshot.As(1).Candidates);
        Assert.Equal((50, 0), (_replica.Snapshot.As(1).Policy.Cost.ColdStreamMs, _replica.Snapshot.As(1).Policy.NearMs));
    }

    [Fact]
    public void What_load_costs_changes_for_sites_that_do_not_change()
    {
        foreach (string node in (string[])["p00-00", "p00-01"]) _replica.Report(node, egress: World.NodeKbps * 6 / 10);
        _replica.Tick();
        Assert.Equal("p00", SiteOf(_replica.Look()));
        _replica.Configure(policy: Policy.Empty with { Weights = Weights(("knee", 0.1)) });
        Assert.Equal("p01", SiteOf(_replica.Look()));
    }

    [Fact]
    public void Two_who_fail_eject_a_node_where_the_policy_asks_for_no_more_and_only_for_as_long_as_it_says()
    {
        _replica.Configure(policy: Policy.Empty with { Weights = Weights(("eject_failures", 2), ("eject_share", 0), ("eject_for_s", 4)) });
        string node = FailTwice();
        _replica.Run(1);
        Assert.Equal(Eligibility.Ejected, _replica.Standing(node));
        _replica.Run(5);
        Assert.Equal(Eligibility.Eligible, _replica.Standing(node));

        _replica.Configure(policy: Policy.Empty);
        Assert.Equal(Eligibility.Eligible, _replica.Standing(FailTwice()));
    }

    [Fact]
    public void A_late_site_costs_what_the_policy_says()
    {
        _replica.Configure(policy: Policy.Empty with { Weights = Weights(("suspect_ms", 33)) });
        _replica.Run(3.9, node => node != "p00-00");
        Assert.Equal(33, _replica.Snapshot.Site(_replica.Site("p00").Index).ExtraMs);
    }

    [Fact]
    public void Sites_that_fall_silent_together_are_believed_where_the_policy_says_so()
    {
        var replica = new Replica(sites: 6, nodesPerSite: 1);
        replica.Run(3);
        replica.Configure(policy: Policy.Empty with { Weights = Weights(("freeze_share", 1)) });
        replica.RunSilent(8);
        Assert.False(replica.Control.Frozen);
        replica.Run(3);
        replica.Configure(policy: Policy.Empty);
        replica.RunSilent(8);
        Assert.True(replica.Control.Frozen);
    }

    [Theory]
    [InlineData("receiver_full", 0.86, "receiver_full")]
    [InlineData("receiver_well", 0.9, "receiver_well")]
    public void A_receiver_must_be_well_below_the_mark_at_which_it_is_full(string name, double value, string field)
    {
        Policy policy = Policy.Empty with { Weights = Weights((name, value)) };
        Assert.Equal($"weights.{field}", Assert.Single(PolicyValidator.Validate(policy, _replica.Configuration.Fleet, map: null)).Field);
        Assert.Empty(PolicyValidator.Validate(policy with { Weights = Weights(("receiver_full", 0.8), ("receiver_well", 0.7)) }, _replica.Configuration.Fleet, map: null));
    }

    [Fact]
    public void Prices_of_the_policy_take_the_place_of_the_fleet_s()
    {
        _replica.Configure(policy: Policy.Empty with { Tariffs = [new TariffOverride("eu", 7, null)] });
        Assert.All(_replica.Snapshot.Fleet.Sites, site => Assert.Equal(7, site!.Tariff.PricePerMbps));
        Assert.Same(_replica.Configuration.Fleet, _replica.Snapshot.Fleet.Fleet); // as it was drawn
    }

    [Fact]
    public void Prefixes_and_the_default_cell_of_the_policy_go_before_the_map()
    {
        Assert.True(IpKey.TryParse("91.0.0.1"u8, out IpKey berlin));
        Assert.True(IpKey.TryParse("192.0.2.1"u8, out IpKey unknown));
        Assert.Equal((0, 2), (_replica.Snapshot.Locator.Locate(berlin).Cell, _replica.Snapshot.DefaultCell));
        _replica.Configure(policy: Policy.Empty with
        {
            DefaultCell = TestMaps.Cells[0].Id,
            Overrides = [new PrefixOverride(Prefix("91.0.0.0/16"), new OverrideTarget.ToCell(TestMaps.Cells[1].Id)), new PrefixOverride(Prefix("192.0.2.0/24"), new OverrideTarget.ToSites(["p02", "p00"]))],
            Fences = [new GeoFence("no-de", ["DE"], [], FenceRule.Deny, SiteSelector.None with { Sites = ["p02"] }, "a court said so")],
        });
        Assert.Equal((1, 0), (_replica.Snapshot.Locator.Locate(berlin).Cell, _replica.Snapshot.DefaultCell));
        Located sent = _replica.Snapshot.Locator.Locate(unknown); // in Berlin's cell by default, whose fence holds for the list that his prefix is sent to
        Assert.Equal(["p00"], _replica.Snapshot.Candidates.SitesOf(_replica.Snapshot.RowOf(in sent)).ToArray().Select(s => _replica.Snapshot.Fleet.Sites[s]!.Site.Id));
    }

    [Fact]
    public void A_cell_that_the_map_does_not_have_is_told_and_does_nothing()
    {
        _replica.Configure(policy: Policy.Empty with { DefaultCell = "XX-1", Overrides = [new PrefixOverride(Prefix("91.0.0.0/16"), new OverrideTarget.ToCell("XX-2"))] });
        Assert.Equal(2, _replica.Control.UnknownPolicyCells);
        Assert.Equal(2, _replica.Snapshot.DefaultCell);
        _replica.Configure(policy: Policy.Empty);
        Assert.Equal(0, _replica.Control.UnknownPolicyCells);
    }

    private Decision Look(string stream, string? tenant = null)
    {
        int streamClass = _replica.Snapshot.Classifier.Of(Encoding.ASCII.GetBytes(stream), tenant);
        _replica.Desk.Look(_replica.Snapshot, new SessionOrder { Cell = Replica.London, Row = Replica.London, Class = streamClass, Stream = 1, Want = 1 }, out Decision decision);
        return decision;
    }

    /// <summary>Two viewers on one node say that it failed them.</summary>
    private string FailTwice()
    {
        SessionClaims[] all = [.. Enumerable.Range(0, 2).Select(_ => _replica.Open())];
        string node = _replica.NodeOf(all[0]);
        foreach (SessionClaims one in all)
        {
            SessionClaims claims = one;
            Assert.Equal(node, _replica.NodeOf(claims));
            _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index(node), out _);
        }
        _replica.Tick();
        return node;
    }

    private void Fence(FenceRule rule, params ImmutableArray<string> sites) => _replica.Configure(policy: Policy.Empty with
    {
        Fences = [new GeoFence("no-gb", ["GB"], [], rule, SiteSelector.None with { Sites = sites }, "a court said so")],
    });

    private string SiteOf(Decision decision) => _replica.NodeOf(decision[0])[..3];

    private static PolicyWeights Weights(params (string Name, double Value)[] values) =>
        PolicyWeights.None with { Values = PolicyWeights.None.Values.AddRange(values.Select(v => KeyValuePair.Create(v.Name, v.Value))) };

    private static IpPrefix Prefix(string text) => IpPrefix.TryParse(Encoding.ASCII.GetBytes(text), out IpPrefix prefix) ? prefix : throw new ArgumentException(text);
}
