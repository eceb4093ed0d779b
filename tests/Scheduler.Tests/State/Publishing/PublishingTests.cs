using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Publishing;
using Scheduler.State.Sessions;
using Scheduler.Tests.State.Upstreams;

namespace Scheduler.Tests.State.Publishing;

/// <summary>Where publishers go.</summary>
public sealed class PublishingTests
{
    private readonly Platform _platform = new();

    private ulong Live => _platform.Live;

    private PublisherRole RoleOf(in SessionClaims claims) => _platform.Replica.Desk.Publishers.RoleOf(_platform.Replica.Snapshot, in claims);

    [Fact]
    public void A_publisher_goes_to_the_nearest_idc()
    {
        SessionClaims claims = _platform.Publish(Live);
        Assert.Equal("ams", _platform.SiteOf(claims));
        Assert.Equal(PublisherRole.Primary, RoleOf(claims));
    }

    [Fact]
    public void What_comes_in_is_priced_by_the_ingress_price_and_not_by_what_viewers_cost()
    {
        Tariff[] dearToWatch = [new("eu", 500, TariffBilling.Flat, BitRate.Zero), new("us", 1, TariffBilling.Flat, BitRate.Zero)];
        var platform = new Platform(IdcFleet.Of(tariffs: [.. dearToWatch]));
        Assert.Equal("ams", platform.SiteOf(platform.Publish(1)));
        Tariff[] dearToSend = [new("eu", 1, TariffBilling.Flat, BitRate.Zero) { IngressPerMbps = 500 }, new("us", 500, TariffBilling.Flat, BitRate.Zero)];
        platform = new Platform(IdcFleet.Of(tariffs: [.. dearToSend]));
        Assert.Equal("iad", platform.SiteOf(platform.Publish(1)));
    }

    [Fact]
    public void Of_two_idcs_about_as_near_the_one_on_the_side_of_the_audience_wins()
    {
        // Paris lies on the side of Amsterdam for New York and on that of Frankfurt for nobody here; with the audience in New York iad is worth its way.
        _platform.Watched("nyc1-01", Live, 1_000);
        _platform.Run(2);
        DecisionTrace trace = Explain(Live);
        Assert.All(trace.Sites, site => Assert.True(site.PlacementMs > 0));
        Assert.True(PlacementOf(trace, "iad") < PlacementOf(trace, "ams"));
        Assert.True(PlacementOf(trace, "ams") < PlacementOf(trace, "fra"));
        Assert.All(Explain(77).Sites, site => Assert.Equal(0, site.PlacementMs));
    }

    [Fact]
    public void The_terms_of_a_publishers_score_add_up_to_it()
    {
        _platform.Watched("nyc1-01", Live, 1_000);
        _platform.Run(2);
        foreach (SiteTrace site in Explain(Live).Sites)
            Assert.Equal(site.RttMs + site.ComfortMs + site.TariffMs + site.Price.TotalMs + site.ExtraMs + site.PlacementMs, site.Score, 0.01);
    }

    [Fact]
    public void A_second_publisher_is_the_backup_at_another_node_of_another_idc()
    {
        SessionClaims first = _platform.Publish(Live), second = _platform.Publish(Live);
        Assert.Equal(PublisherRole.Backup, RoleOf(second));
        Assert.NotEqual(_platform.SiteOf(first), _platform.SiteOf(second));
        Assert.Equal(PublisherRole.Primary, RoleOf(_platform.Publish(78)));
    }

    [Fact]
    public void A_backup_shares_the_idc_where_no_other_can_serve_but_never_the_node()
    {
        _platform.Replica.Configure(drains: [_platform.Replica.DrainOf("fra", "d-1"), _platform.Replica.DrainOf("iad", "d-2")]);
        _platform.Run(1);
        SessionClaims first = _platform.Publish(Live), second = _platform.Publish(Live);
        Assert.Equal(("ams", "ams"), (_platform.SiteOf(first), _platform.SiteOf(second)));
        Assert.NotEqual(first.Node, second.Node);
    }

    [Fact]
    public void A_stream_that_arrives_elsewhere_by_another_replica_makes_this_publisher_its_backup()
    {
        _platform.Arrives("ams-01", Live);
        _platform.Run(2);
        SessionClaims claims = _platform.Publish(Live);
        Assert.Equal(PublisherRole.Backup, RoleOf(claims));
        Assert.NotEqual("ams", _platform.SiteOf(claims));
        _platform.Arrives("ams-01", Live, kbps: 0);
        _platform.Arrives(_platform.Replica.NodeOf(claims), Live);
        _platform.Run(2);
        Assert.Equal(PublisherRole.Primary, RoleOf(claims));
    }

    [Fact]
    public void The_backup_is_the_primary_once_the_first_has_gone()
    {
        SessionClaims first = _platform.Publish(Live), second = _platform.Publish(Live);
        Assert.True(_platform.Replica.Desk.Close(in first));
        Assert.Equal(PublisherRole.Primary, RoleOf(second));
    }

    [Fact]
    public void A_publisher_who_comes_back_with_his_token_is_not_his_own_backup()
    {
        SessionClaims first = _platform.Publish(Live);
        _platform.Arrives(_platform.Replica.NodeOf(first), Live);
        _platform.Run(2);
        SessionClaims again = _platform.Publish(Live, previous: first);
        Assert.Equal(first.Node, again.Node);
        Assert.Equal(PublisherRole.Primary, RoleOf(again));
    }

    [Fact]
    public void A_publisher_whose_node_fails_goes_where_the_backup_is_not()
    {
        SessionClaims first = _platform.Publish(Live), second = _platform.Publish(Live);
        int failed = _platform.Replica.Index(_platform.Replica.NodeOf(first));
        Assert.Equal(BeatAction.Move, _platform.Replica.Desk.Failover(_platform.Replica.Snapshot, ref first, failed, out Decision decision));
        Assert.DoesNotContain(_platform.Replica.Index(_platform.Replica.NodeOf(second)), Enumerable.Range(0, decision.Count).Select(i => decision[i].Node));
        Assert.Equal(PublisherRole.Primary, RoleOf(first));
    }

    [Fact]
    public void Publishers_who_have_gone_are_forgotten()
    {
        SessionClaims claims = _platform.Publish(Live);
        Assert.Equal(1, _platform.Replica.Desk.Publishers.Streams);
        _platform.Replica.Desk.Close(in claims);
        _platform.Replica.Desk.Tick();
        Assert.Equal(0, _platform.Replica.Desk.Publishers.Streams);
    }

    private DecisionTrace Explain(ulong stream) => _platform.Replica.Desk.Explain(
        _platform.Replica.Snapshot, new SessionOrder { Cell = Replica.London, Row = Replica.London, Stream = stream, Kind = SessionKind.Publish, Want = 1 });

    private float PlacementOf(DecisionTrace trace, string site) =>
        Assert.Single(trace.Sites, traced => _platform.Replica.Snapshot.Fleet.Sites[traced.Site]!.Site.Id == site).PlacementMs;
}
