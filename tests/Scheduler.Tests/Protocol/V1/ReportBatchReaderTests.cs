using System.Globalization;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Tests.Protocol.V1;

public sealed class ReportBatchReaderTests
{
    private const string Full =
        """
        {"node":"lon1-03","incarnation":1760000000,"sequence":812,"at":"2025-11-22T17:35:18.25Z","capacity_bps":40000000000,"egress_bps":21500000000,
         "sessions":5400,"cpu":0.41,"memory":0.52,"state":"serving","streams":[{"id":"live-42","viewers":120,"egress_bps":6e8},{"id":"b","viewers":0}],
         "by_replica":{"1":{"sessions":2700,"egress_bps":1.07e10},"255":{"sessions":2700,"egress_bps":1.08e10}},"escrow_epoch":41,
         "limits":[{"type":"sessions","hard":12000,"soft":10000,"current":5400},{"type":"x","hard":0.5}],"ingress_bps":3.1e8,
         "pulls":[{"upstream":"ams","bps":3.0e8,"streams":210}],"new_member":{"a":[]}}
        """;

    private const string Least =
        """{"node":"n","incarnation":0,"sequence":0,"capacity_bps":1499,"egress_bps":1500,"sessions":0,"state":"down"}""";

    [Fact]
    public void Every_member_is_read()
    {
        (string node, NodeReport report) = Assert.Single(Read(Batch(Full)).Taken);
        Assert.Equal("lon1-03", node);
        Assert.Equal((1760000000, 812, 1763832918250), (report.Incarnation, report.Sequence, report.AtUnixMs));
        Assert.Equal((40_000_000, 21_500_000, 5400), (report.CapacityKbps, report.EgressKbps, report.Sessions));
        Assert.Equal((NodeState.Serving, 0.41), (report.State, report.CpuRatio));
        Assert.Equal([new StreamLoad(StreamName.Hash("live-42"u8), 120, 600_000), new StreamLoad(StreamName.Hash("b"u8), 0, 0)], report.Streams.ToArray());
        Assert.Equal([new ReplicaLoad(1, 2700, 10_700_000), new ReplicaLoad(255, 2700, 10_800_000)], report.ByReplica.ToArray());
        Assert.Equal([new ReportedLimit(12000, 5400), new ReportedLimit(0.5, 0)], report.Limits.ToArray());
    }

    [Fact]
    public void What_arrives_and_what_is_pulled_and_asked_for_is_read()
    {
        const string Idc =
            """
            {"node":"ams-01","incarnation":1,"sequence":1,"capacity_bps":1e11,"egress_bps":2e9,"sessions":0,"state":"serving","ingress_bps":6.5e6,
             "streams":[{"id":"live-42","ingress_bps":6e6,"since":"2025-11-22T17:35:18.25Z"},{"id":"b","ingress_bps":0},{"id":"c","viewers":4,"ingress_bps":5e5}],
             "pulls":[{"upstream":"fra","bps":3e6,"streams":2},{"upstream":"fra-01","bps":1e6}],"upstream":["live-7","live-8"]}
            """;
        var names = new StreamNames(64);
        var batch = new ReportBatchReader(Batch(Idc), names);
        Assert.True(batch.Next() && batch.IsAccepted);
        NodeReport report = batch.Report;
        Assert.Equal((6_500, 2_000_000), (report.IngressKbps, report.LoadKbps));
        Assert.Equal([(6_000, 1763832918250), (0, null), ((long?)500, (long?)null)], report.Streams.Select(load => (load.IngressKbps, load.SinceUnixMs)));
        Assert.Equal([new ReportedPull(StreamName.Hash("fra"u8), 3_000, 2), new ReportedPull(StreamName.Hash("fra-01"u8), 1_000, 0)], report.Pulls.ToArray());
        Assert.Equal(["live-7", "live-8"], batch.Asked.ToArray());
        Assert.Equal("live-42", names.Find(StreamName.Hash("live-42"u8)));
    }

    [Fact]
    public void What_has_started_is_read_whole_or_refused()
    {
        string With(string started) => Least[..^1] + ",\"by_replica\":{\"3\":{\"sessions\":1,\"egress_bps\":5000" + started + "}}}";
        ReplicaLoad load = Assert.Single(Assert.Single(Read(Batch(With(""","started_bps":4999,"started_since":63"""))).Taken).Report.ByReplica);
        Assert.Equal(new StartedLoad(63, 4), load.Started); // rounded down: too little is safe
        Assert.Contains("started_since", Assert.Single(Read(Batch(With(""","started_bps":4999"""))).Rejected), StringComparison.Ordinal);
        Assert.Contains("started_since", Assert.Single(Read(Batch(With(""","started_bps":1,"started_since":64"""))).Rejected), StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_are_rounded_to_kilobits_and_what_is_absent_is_empty()
    {
        (string node, NodeReport report) = Assert.Single(Read(Batch(Least)).Taken);
        Assert.Equal("n", node);
        Assert.Equal((1, 2, NodeState.Down), (report.CapacityKbps, report.EgressKbps, report.State));
        Assert.Null(report.AtUnixMs);
        Assert.Null(report.CpuRatio);
        Assert.True(report.Limits.IsEmpty && report.Streams.IsEmpty && report.ByReplica.IsEmpty);
        Assert.False(report.Limits.IsDefault || report.Streams.IsDefault || report.ByReplica.IsDefault);
    }

    [Fact]
    public void A_bad_report_spoils_no_other()
    {
        Walk walk = Read(Batch(Full, "7", Least, "{}", Least));
        Assert.Null(walk.Fault);
        Assert.Equal(["lon1-03", "n", "n"], walk.Taken.Select(taken => taken.Node));
        Assert.Equal(
            ["1 : must be an object", "3 node: required", "3 incarnation: required", "3 sequence: required", "3 capacity_bps: required",
             "3 egress_bps: required", "3 sessions: required", "3 state: required"],
            walk.Rejected);
    }

    [Theory]
    [InlineData("\"node\":\"n\"", "\"node\":\"N N\"", "node: must be the id of a node: 1 to 48 characters of a-z 0-9 -")]
    [InlineData("\"state\":\"down\"", "\"state\":\"asleep\"", "state: must be serving, draining or down")]
    [InlineData("\"sessions\":0", "\"sessions\":-1", "sessions: must be in [0, 2147483647]")]
    [InlineData("\"sessions\":0", "\"sessions\":0,\"sessions\":1", "sessions: given twice")]
    [InlineData("\"egress_bps\":1500", "\"egress_bps\":1e30", "egress_bps: must be in [0, 1000000000000000]")]
    [InlineData("\"sequence\":0", "\"sequence\":null", "sequence: required")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"cpu\":1.5", "cpu: must be in [0, 1]")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"memory\":\"x\"", "memory: must be a number")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"at\":\"yesterday\"", "at: must be a time of RFC 3339, as 2025-11-22T17:35:18.250Z")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"streams\":[{\"id\":\"a\",\"viewers\":1},{\"id\":\"a b\"}]", "streams[1].id: must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -, streams[1].viewers: required")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"streams\":[7]", "streams[0]: must be an object")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"streams\":{}", "streams: must be an array")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"0\":{}}", "by_replica: has a member that is not the number of a replica, 1 to 255")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"256\":{}}", "by_replica: has a member that is not the number of a replica, 1 to 255")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"+1\":{}}", "by_replica: has a member that is not the number of a replica, 1 to 255")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"2\":{\"sessions\":1,\"egress_bps\":-4}}", "by_replica[2].egress_bps: must be in [0, 1000000000000000]")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"2\":{\"sessions\":1,\"egress_bps\":4,\"limit_bps\":5}}", "by_replica[2].limit_ms: required, by_replica[2].held_bps: required, by_replica[2].held_ms: required")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"2\":{\"sessions\":1,\"egress_bps\":4,\"limit_bps\":5,\"limit_ms\":2,\"held_bps\":6,\"held_ms\":1}}", "by_replica[2].held_bps: must not be over limit_bps, by_replica[2].held_ms: must not be under limit_ms")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"by_replica\":{\"2\":{\"sessions\":1,\"egress_bps\":4},\"2\":{\"sessions\":1,\"egress_bps\":4}}", "by_replica[2]: given twice")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"limits\":[{\"type\":\"sessions\",\"hard\":0}]", "limits[0].hard: must be over 0")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"pulls\":[{}]", "pulls[0].upstream: required, pulls[0].bps: required")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"streams\":[{\"id\":\"a\",\"ingress_bps\":-1},{\"id\":\"b\",\"ingress_bps\":1,\"since\":7}]", "streams[0].ingress_bps: must be in [0, 1000000000000000], streams[1].since: must be a string")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"upstream\":[\"a b\"]", "upstream: must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -")]
    [InlineData("\"sequence\":0", "\"sequence\":0,\"escrow_epoch\":-1,\"ingress_bps\":-1", "escrow_epoch: must be in [0, 9223372036854775807], ingress_bps: must be in [0, 1000000000000000]")]
    public void A_bad_member_is_told_by_field_and_reason(string member, string replacement, string expected)
    {
        Walk walk = Read(Batch(Least.Replace(member, replacement, StringComparison.Ordinal), Least));
        Assert.Equal(expected, string.Join(", ", walk.Rejected.Select(rejected => rejected[2..])));
        Assert.Single(walk.Taken);
    }

    [Theory]
    [InlineData("streams", "{\"id\":\"a\",\"viewers\":1}", 64)]
    [InlineData("limits", "{\"type\":\"a\",\"hard\":1}", 16)]
    [InlineData("pulls", "{\"upstream\":\"a\",\"bps\":1}", 64)]
    [InlineData("upstream", "\"live-1\"", 64)]
    public void A_list_has_its_limit(string list, string entry, int max)
    {
        string With(int count) => Least[..^1] + $",\"{list}\":[{string.Join(',', Enumerable.Repeat(entry, count))}]}}";
        Assert.Empty(Read(Batch(With(max))).Rejected);
        Assert.Equal([$"0 {list}: has more than {max} entries"], Read(Batch(With(max + 1))).Rejected);
    }

    [Fact]
    public void Every_replica_may_have_its_load()
    {
        string replicas = string.Join(',', Enumerable.Range(1, 255).Select(replica => $"\"{replica}\":{{\"sessions\":1,\"egress_bps\":1000}}"));
        Walk walk = Read(Batch(Least[..^1] + $",\"by_replica\":{{{replicas}}}}}"));
        Assert.Equal(Enumerable.Range(1, 255), Assert.Single(walk.Taken).Report.ByReplica.Select(load => load.Replica));
    }

    [Theory]
    [InlineData("""{}""", "reports: required")]
    [InlineData("""{"reports":null}""", "reports: required")]
    [InlineData("""{"reports":{}}""", "reports: must be an array")]
    [InlineData("""{"reports":[],"reports":[]}""", "reports: given twice")]
    [InlineData("""[]""", "body: must be an object")]
    [InlineData("""{"reports":[{"node":]}""", "body: not valid JSON: a value is due, at byte 20")]
    [InlineData("""{"reports":[]} {}""", "body: not valid JSON: more text after the end of the value, at byte 15")]
    [InlineData("", "body: not valid JSON: the text ends where a value is due, at byte 0")]
    public void A_bad_body_is_one_fault(string body, string expected)
    {
        Walk walk = Read(WireSamples.Utf8(body));
        Assert.Equal(expected, walk.Fault is { } fault ? $"{fault.Field}: {fault.Reason}" : null);
        Assert.Empty(walk.Taken);
    }

    [Fact]
    public void A_body_that_breaks_off_is_a_fault_even_after_good_reports()
    {
        byte[] body = Batch(Full, Full);
        Walk walk = Read(body[..^20]);
        Assert.NotNull(walk.Fault);
        Assert.Single(walk.Taken);
    }

    [Theory]
    [InlineData("""{"reports":[]}""")]
    [InlineData("""{"x":{"reports":[1]},"reports":[],"y":null}""")]
    public void An_empty_batch_is_a_batch(string body)
    {
        Walk walk = Read(WireSamples.Utf8(body));
        Assert.Null(walk.Fault);
        Assert.Empty(walk.Taken);
        Assert.Empty(walk.Rejected);
    }

    [Fact]
    public void A_batch_has_at_most_five_thousand_reports()
    {
        Assert.Null(Read(Batch([.. Enumerable.Repeat(Least, 5000)])).Fault);
        Assert.Equal("has more than 5000 reports", Read(Batch([.. Enumerable.Repeat(Least, 5001)])).Fault?.Reason);
    }

    [Fact]
    public void A_report_without_lists_allocates_nothing()
    {
        byte[] body = Batch([.. Enumerable.Repeat(Least, 100)]);
        Assert.Equal(100, CountAccepted(body));
        Assert.Equal(0, Allocated.Bytes(() => CountAccepted(body)));
    }

    private static int CountAccepted(byte[] body)
    {
        int accepted = 0;
        ReportBatchReader batch = new(body);
        while (batch.Next()) accepted += batch.IsAccepted ? 1 : 0;
        return accepted;
    }

    private static byte[] Batch(params string[] reports) => WireSamples.Utf8("{\"reports\":[" + string.Join(",\n", reports) + "]}");

    private static Walk Read(byte[] body)
    {
        List<(string, NodeReport)> taken = [];
        List<string> rejected = [];
        ReportBatchReader batch = new(body);
        while (batch.Next())
        {
            if (batch.IsAccepted) taken.Add((WireSamples.Text(batch.Node), batch.Report));
            foreach (WireProblem problem in batch.Problems)
                rejected.Add(string.Create(CultureInfo.InvariantCulture, $"{batch.Index} {problem.Field}: {problem.Reason}"));
        }
        Assert.False(batch.Next());
        return new Walk([.. taken], [.. rejected], batch.Fault);
    }

    private sealed record Walk((string Node, NodeReport Report)[] Taken, string[] Rejected, WireProblem? Fault);
}
