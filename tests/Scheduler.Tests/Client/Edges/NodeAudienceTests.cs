using Scheduler.Client.Edges;
using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;

namespace Scheduler.Tests.Client.Edges;

public sealed class NodeAudienceTests
{
    private readonly VirtualClock _clock = new();
    private readonly TestSite _site;
    private readonly NodeAudience _audience;
    private readonly EdgeNodeSource _source;

    public NodeAudienceTests()
    {
        _site = new TestSite(_clock);
        _audience = new NodeAudience(_site.Keys, "lon1-01", _clock);
        _source = new EdgeNodeSource(_audience, 40_000_000_000);
        _clock.Advance(TimeSpan.FromSeconds(60)); // a node that was started lately counts no starts
    }

    private NodeMeasurement Report => _source.Measure(0);

    private AdmissionVerdict Admit(string ticket, string stream = "live-42") => _audience.Admit(ticket, stream, out _);

    [Fact]
    public void Who_shows_a_ticket_is_counted_for_the_replica_that_sent_him()
    {
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(1)));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(2, kbps: 2_500)));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(3, replica: 5)));
        NodeMeasurement report = Report;
        Assert.Equal((3, 10_500_000), (report.Sessions, report.EgressBps));
        Assert.Equal(
            [new ReplicaMeasurement(2, 2, 6_500_000) { Started = new StartedLoad(6, 6_500) }, new ReplicaMeasurement(5, 1, 4_000_000) { Started = new StartedLoad(6, 4_000) }],
            report.ByReplica.ToArray());
        Assert.Equal([new StreamMeasurement("live-42", 3, 10_500_000)], report.Streams.ToArray());
    }

    [Fact]
    public void One_session_is_one_viewer_however_often_he_asks_and_leaves_once()
    {
        string ticket = _site.Ticket(1);
        Assert.Equal(AdmissionVerdict.Admitted, _audience.Admit(ticket, "live-42", out EdgeViewer? first));
        Assert.Equal(AdmissionVerdict.Admitted, _audience.Admit(ticket, "live-42", out EdgeViewer? again));
        Assert.Same(first, again);
        Assert.Equal(1, Report.Sessions);
        first!.Leave();
        first.Leave();
        NodeMeasurement left = Report;
        Assert.Equal((0, 0), (left.Sessions, left.EgressBps));
        Assert.Equal([new ReplicaMeasurement(2, 0, 0) { Started = new StartedLoad(6, 4_000) }], left.ByReplica.ToArray());
        Assert.Equal([new StreamMeasurement("live-42", 0, 0)], left.Streams.ToArray());
    }

    [Fact]
    public void Who_comes_back_with_his_ticket_has_not_started_twice()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(AdmissionVerdict.Admitted, _audience.Admit(_site.Ticket(1), "live-42", out EdgeViewer? viewer));
            viewer!.Leave();
        }
        Assert.Equal(4_000, Report.ByReplica[0].Started!.Value.Kbps);
    }

    [Fact]
    public void A_spare_ticket_is_load_and_no_start()
    {
        Admit(_site.Ticket(1, admittedIn: null));
        ReplicaMeasurement replica = Report.ByReplica[0];
        Assert.Equal((4_000_000, null), (replica.EgressBps, replica.Started));
    }

    [Fact]
    public void Those_who_return_to_a_node_that_started_anew_are_load_and_no_start()
    {
        var anew = new NodeAudience(_site.Keys, "lon1-01", _clock);
        Assert.Equal(AdmissionVerdict.Admitted, anew.Admit(_site.Ticket(1), "live-42", out _));
        ReplicaMeasurement replica = new EdgeNodeSource(anew, 1).Measure(0).ByReplica[0];
        Assert.Equal((4_000_000, null), (replica.EgressBps, replica.Started));
    }

    [Fact]
    public void Every_ticket_that_is_not_for_here_is_refused_with_its_reason()
    {
        Assert.Equal(AdmissionVerdict.Malformed, Admit(""));
        Assert.Equal(AdmissionVerdict.Malformed, Admit(new string('é', 64)));
        Assert.Equal(AdmissionVerdict.UnknownKey, Admit(_site.Ticket(1, ring: Core.Sessions.Keys.Rotated())));
        Assert.Equal(AdmissionVerdict.Forged, Admit(_site.Ticket(1, ring: Core.Sessions.Keys.Foreign())));
        Assert.Equal(AdmissionVerdict.OtherNode, Admit(_site.Ticket(1, node: 32)));
        Assert.Equal(AdmissionVerdict.OtherStream, Admit(_site.Ticket(1), "live-43"));
        string ticket = _site.Ticket(1);
        _clock.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(AdmissionVerdict.Expired, Admit(ticket));
        Assert.Equal(0, Report.Sessions);
    }

    [Fact]
    public void Who_plays_plays_on_when_his_ticket_ends_and_is_gone_when_nothing_is_heard_of_him()
    {
        string ticket = _site.Ticket(1);
        _audience.Admit(ticket, "live-42", out EdgeViewer? viewer);
        for (int i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            viewer!.Count(1_000);
            Assert.Equal(1, Report.Sessions);
        }
        Assert.Equal(AdmissionVerdict.Admitted, Admit(ticket));
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, Report.Sessions);
        Assert.Equal(AdmissionVerdict.Expired, Admit(ticket));
    }

    [Fact]
    public void New_keys_are_obeyed_beside_old_ones()
    {
        _audience.Renew(TestSite.Parsed(TestSite.Json(Core.Sessions.Keys.Rotated())));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(1, ring: Core.Sessions.Keys.Rotated())));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(2)));
    }

    [Fact]
    public void A_drained_site_lets_in_who_was_sent_and_who_plays_but_nobody_with_a_spare_ticket()
    {
        string spare = _site.Ticket(1, admittedIn: null);
        Admit(spare);
        _source.Told(Round("drained"));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(spare));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(2)));
        Assert.Equal(AdmissionVerdict.Drained, Admit(_site.Ticket(3, admittedIn: null)));
        _source.Told(Round("open"));
        Assert.Equal(AdmissionVerdict.Admitted, Admit(_site.Ticket(3, admittedIn: null)));
    }

    [Fact]
    public void What_a_stream_draws_is_learnt_from_the_bytes_that_are_counted()
    {
        _audience.Admit(_site.Ticket(1), "live-42", out EdgeViewer? viewer);
        long told = 0;
        for (int i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            viewer!.Count(i % 4 == 0 ? 4 * 250_000 : 0); // 2 Mbit/s, a segment every four seconds
            NodeMeasurement report = Report;
            if (report.Streams.Length > 0) told = report.Streams[0].EgressBps;
            Assert.Equal(4_000_000, report.ByReplica[0].EgressBps); // for escrow he weighs what he was admitted with
        }
        Assert.InRange(told, 1_500_000, 2_700_000);
    }

    [Fact]
    public void A_report_has_the_sixty_four_streams_that_changed_most_and_the_next_has_the_others()
    {
        for (int i = 0; i < 100; i++)
        {
            string name = $"s{i}";
            var claims = new Scheduler.Core.Sessions.TicketClaims(
                (ulong)i + 1, 31, Scheduler.Core.Sessions.StreamName.Hash(System.Text.Encoding.ASCII.GetBytes(name)), 1_000, 1, Scheduler.Core.Sessions.SessionKind.Play,
                (uint)_clock.GetUtcNow().ToUnixTimeSeconds() + 60);
            byte[] ticket = new byte[Scheduler.Core.Sessions.Ticket.Length];
            Scheduler.Core.Sessions.Ticket.Write(claims, Core.Sessions.Keys.One().SiteKey(7), ticket);
            Assert.Equal(AdmissionVerdict.Admitted, Admit(System.Text.Encoding.ASCII.GetString(ticket), name));
        }
        Assert.Equal([64, 36, 0], new[] { Report.Streams.Length, Report.Streams.Length, Report.Streams.Length });
    }

    private static ReportRound Round(string state) => new(1, [], null, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("lon1", state));
}
