using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Messages.Orca;
using Scheduler.Protocol.Grpc.Reports;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Upstreams;
using ReplicaLoad = Scheduler.Protocol.Grpc.Messages.ReplicaLoad;
using ReportRejection = Scheduler.Protocol.V1.Reports.ReportRejection;
using StreamLoad = Scheduler.Protocol.Grpc.Messages.StreamLoad;

namespace Scheduler.Tests.Protocol.Grpc;

/// <summary>Reports in protobuf against the same reports in JSON: one meaning, two forms.</summary>
public sealed class ReportCodecTests
{
    private const int ValidState = 3;

    /// <summary>Reports of all kinds, wrong ones too.</summary>
    private static readonly Gen<EdgeReport> Reports =
        from node in Gen.Elements("lon1-03", "lon1-03", "lon1-03", "", "Not An Id")
        from incarnation in Gen.Elements<long?>(1_760_000_000, 0, -1, null)
        from capacity in Gen.Elements<long?>(40_000_000_000, 40_000_000_000, 0, null, long.MaxValue)
        from egress in Gen.Elements<long?>(1_499, 1_500, 21_500_000_000, -5)
        from sessions in Gen.Elements<long?>(5_400, 0, 1L << 40)
        from state in Gen.Choose(0, 4)
        from at in Gen.Elements(0L, 1_760_000_000_250)
        from cpu in Gen.Elements<double?>(null, 0.41, 1.5, double.NaN)
        from streams in Gen.Choose(0, 4)
        from replicas in Gen.Choose(0, 3)
        from limits in Gen.Choose(0, 3)
        from pulls in Gen.Choose(0, 2)
        from odd in Gen.Choose(0, 5)
        select Make(node, incarnation, capacity, egress, sessions, (Scheduler.Protocol.Grpc.Messages.NodeState)state, at, cpu, streams, replicas, limits, pulls, odd);

    [Fact]
    public void A_report_means_what_its_JSON_means_and_is_rejected_for_the_same_reasons() => Prop.ForAll(Reports.ToArbitrary(), sent =>
    {
        (string? node, NodeReport report, string[] problems) = Only(new ReportRequestReader(new ReportRequest { Reports = { sent } }.ToByteArray()));
        (string? inJsonNode, NodeReport inJson, string[] inJsonProblems) = Only(new ReportBatchReader(Encoding.UTF8.GetBytes($$"""{"reports":[{{Json(sent)}}]}""")));
        Assert.Equal(inJsonProblems.Order(), problems.Order());
        Assert.Equal(inJsonNode, node);
        if (problems.Length == 0) Assert.Equal(Show(inJson), Show(report));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ORCA_stands_for_what_is_not_said_and_its_shares_are_limits()
    {
        var orca = new OrcaLoadReport
        {
            CpuUtilization = 1.2, MemUtilization = 0.5, ApplicationUtilization = 0.9, Eps = 3,
            Utilization = { ["nic"] = 0.4, ["disk"] = 0, ["odd"] = double.NaN },
            NamedMetrics = { ["capacity_bps"] = 4e10, ["egress_bps"] = 1.4e6, ["sessions"] = 3.4, ["other"] = -1 },
        };
        var relayed = new EdgeReport { Node = "n", Incarnation = 1, Sequence = 2, State = Scheduler.Protocol.Grpc.Messages.NodeState.Serving, Orca = orca };
        (_, NodeReport report, string[] problems) = Only(new ReportRequestReader(new ReportRequest { Reports = { relayed } }.ToByteArray()));
        Assert.Empty(problems);
        Assert.Equal((40_000_000L, 1_400L, 3, 1.0), (report.CapacityKbps, report.EgressKbps, report.Sessions, report.CpuRatio));
        Assert.Equal([(1, 0.4), (1, 0.9)], report.Limits.Select(limit => (limit.Hard, limit.Current)).Order());

        relayed.CapacityBps = 10_000_000;
        relayed.Cpu = 0.25;
        (_, report, _) = Only(new ReportRequestReader(new ReportRequest { Reports = { relayed } }.ToByteArray()));
        Assert.Equal((10_000L, 0.25), (report.CapacityKbps, report.CpuRatio)); // what is said itself counts
    }

    [Fact]
    public void A_bad_report_spoils_no_other_and_a_broken_message_all()
    {
        EdgeReport good = Make("a", 1, 1, 1, 1, Scheduler.Protocol.Grpc.Messages.NodeState.Serving, 0, null, 0, 0, 0, 0, 0);
        byte[] bytes = new ReportRequest { Reports = { good, new EdgeReport { Node = "b" }, good } }.ToByteArray();
        var reader = new ReportRequestReader(bytes);
        var seen = new List<bool>();
        while (reader.Next()) seen.Add(reader.IsAccepted);
        Assert.Equal([true, false, true], seen);
        Assert.Null(reader.Fault);

        byte[] cut = [.. bytes, 0x0A, 0x50];
        reader = new ReportRequestReader(cut);
        while (reader.Next()) { }
        Assert.Equal(ProblemStatus.WholeMessage, reader.Fault?.Field);
        var many = new ReportRequest();
        for (int i = 0; i <= ReportBatchReader.MaxReports; i++) many.Reports.Add(new EdgeReport());
        reader = new ReportRequestReader(many.ToByteArray());
        while (reader.Next()) { }
        Assert.Equal("reports", reader.Fault?.Field);
    }

    [Fact]
    public void Lists_that_are_too_long_are_told()
    {
        EdgeReport report = Make("a", 1, 1, 1, 1, Scheduler.Protocol.Grpc.Messages.NodeState.Serving, 0, null, 65, 0, 17, 65, 0);
        (_, _, string[] problems) = Only(new ReportRequestReader(new ReportRequest { Reports = { report } }.ToByteArray()));
        Assert.Equal(["limits: has more than 16 entries", "pulls: has more than 64 entries", "streams: has more than 64 entries"], problems.Order());
    }

    [Fact]
    public void The_answer_is_read_by_the_generated_code()
    {
        ReportRejection[] rejected = [new(1, "streams[3].id", "not \"good\""), new(2, "", new string('x', 300))];
        KeyValuePair<byte, double>[] weights = [new(1, 0.5), new(12, 0.5)];
        KeyValuePair<string, SiteStatus>[] sites = [new("lon1", SiteStatus.Open), new("ams", SiteStatus.Drained)];
        byte[] output = new byte[ReportResponseWriter.MaxLength(rejected, weights.Length, sites)];
        ReportResponse read = ReportResponse.Parser.ParseFrom(output, 0, ReportResponseWriter.Write(output, 2, rejected, 1_000, 41, weights, sites));
        Assert.Equal((2u, 1_000u, 41L), (read.Accepted, read.IntervalMs, read.Escrow.Epoch));
        Assert.Equal(rejected, read.Rejected.Select(one => new ReportRejection((int)one.Index, one.Field, one.Reason)));
        Assert.Equal([(1u, 0.5), (12u, 0.5)], read.Escrow.Weights.Select(weight => (weight.Key, weight.Value)).Order());
        Assert.Equal([("ams", Scheduler.Protocol.Grpc.Messages.SiteState.Drained), ("lon1", Scheduler.Protocol.Grpc.Messages.SiteState.Open)], read.Sites.Select(site => (site.Key, site.Value)).Order());
    }

    [Fact]
    public void Parents_and_what_to_pull_ahead_are_read_by_the_generated_code_and_what_is_asked_for_is_heard()
    {
        UpstreamEntry[] upstream = [new("lon1-01", "live-42", "named", [new("ams-01", "ams", "ams-01.edge.example", true, 8.5, 12.25)]), new("lon1-01", "b", "no_home", [])];
        WarmUpEntry[] warmUps = [new("ams-01", "live-42")];
        byte[] output = new byte[ReportResponseWriter.MaxLength([], 0, [], upstream, warmUps)];
        ReportResponse read = ReportResponse.Parser.ParseFrom(output, 0, ReportResponseWriter.Write(output, 1, [], 1_000, 1, [], [], upstream, warmUps));
        Assert.Equal(
            upstream.SelectMany(entry => entry.Parents.Select(parent => (entry.Node, entry.Stream, entry.Outcome, parent))),
            read.Upstream.SelectMany(entry => entry.Parents.Select(one =>
                (entry.Node, entry.Stream, entry.Outcome, new UpstreamParentEntry(one.Node, one.Idc, one.Host, one.Relay, one.RttMs, one.CostMs)))));
        Assert.Equal(["named", "no_home"], read.Upstream.Select(entry => entry.Outcome));
        Assert.Equal(warmUps, read.WarmUp.Select(one => new WarmUpEntry(one.Node, one.Stream)));

        EdgeReport asking = Make("a", 1, 1, 1, 1, Scheduler.Protocol.Grpc.Messages.NodeState.Serving, 0, null, 1, 0, 0, 0, 0);
        asking.Upstream.Add(["live-7", "live-8"]);
        var names = new StreamNames(64);
        var reader = new ReportRequestReader(new ReportRequest { Reports = { asking } }.ToByteArray(), names);
        Assert.True(reader.Next() && reader.IsAccepted);
        Assert.Equal(["live-7", "live-8"], reader.Asked.ToArray());
        Assert.Equal("live-0", names.Find(StreamName.Hash("live-0"u8)));
        asking.Upstream.Add(Enumerable.Repeat("x", 63));
        Assert.Contains("upstream", Assert.Single(Only(new ReportRequestReader(new ReportRequest { Reports = { asking } }.ToByteArray())).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_reports_are_judged_and_never_thrown_at()
    {
        var random = new Random(1123);
        EdgeReport whole = Make("lon1-03", 1, 40_000_000_000, 5, 5, Scheduler.Protocol.Grpc.Messages.NodeState.Serving, 1_760_000_000_250, 0.5, 2, 2, 2, 1, 0);
        whole.Orca = new OrcaLoadReport { Utilization = { ["nic"] = 0.4 }, NamedMetrics = { ["sessions"] = 2 } };
        byte[] seed = new ReportRequest { Reports = { whole, whole } }.ToByteArray();
        int accepted = 0, rejected = 0, broken = 0;
        for (int i = 0; i < 100_000; i++)
        {
            var reader = new ReportRequestReader(MessageReaderTests.Mutate(seed, random, mostEdits: 1));
            while (reader.Next())
            {
                if (reader.IsAccepted) accepted++;
                else rejected++;
            }
            if (reader.Fault is not null) broken++;
        }
        Assert.All([accepted, rejected, broken], count => Assert.InRange(count, 500, 400_000));
    }

    private static (string? Node, NodeReport Report, string[] Problems) Only<TBatch>(TBatch batch)
        where TBatch : IReportBatch, allows ref struct
    {
        Assert.True(batch.Next(), batch.Fault?.Reason);
        string[] problems = [.. batch.Problems.ToArray().Select(problem => $"{problem.Field}: {problem.Reason}")];
        (string?, NodeReport, string[]) only = (batch.IsAccepted ? Encoding.UTF8.GetString(batch.Node) : null, batch.IsAccepted ? batch.Report : default, problems);
        Assert.False(batch.Next());
        Assert.Null(batch.Fault);
        return only;
    }

    private static string Show(in NodeReport report) =>
        $"{report with { Limits = [], Streams = [], ByReplica = [], Pulls = [] }} {string.Join(',', report.Limits)} {string.Join(',', report.Pulls)} {string.Join(',', report.Streams)} {string.Join(',', report.ByReplica.OrderBy(load => load.Replica))}";

    private static EdgeReport Make(
        string node, long? incarnation, long? capacity, long? egress, long? sessions, Scheduler.Protocol.Grpc.Messages.NodeState state, long at, double? cpu, int streams, int replicas, int limits,
        int pulls, int odd)
    {
        var report = new EdgeReport { Node = node, Sequence = 1, State = state, AtUnixMs = at };
        if (incarnation is { } start) report.Incarnation = start;
        if (capacity is { } most) report.CapacityBps = most;
        if (egress is { } now) report.EgressBps = now;
        if (sessions is { } count) report.Sessions = count;
        if (cpu is { } busy) report.Cpu = busy;
        for (int i = 0; i < streams; i++) report.Streams.Add(new StreamLoad { Id = odd == 1 ? "not good" : $"live-{i}", Viewers = odd == 2 ? -1 : 10 * i, EgressBps = i * 1_000_499L });
        for (int i = 1; i <= replicas; i++)
        {
            var load = new ReplicaLoad { Sessions = i, EgressBps = i * 1_000_000L };
            if (i > 1) (load.LimitBps, load.LimitMs, load.HeldBps, load.HeldMs) = (2_999, odd == 3 ? 0 : 3_000, odd == 4 ? 9_000 : 1_999, 8_000);
            report.ByReplica[(uint)i] = load;
        }
        for (int i = 0; i < limits; i++) report.Limits.Add(new Limit { Type = "sessions", Hard = odd == 5 ? 0 : 12_000, Soft = 10_000, Current = 100 * i });
        if (streams > 2) // one that arrives, and that nobody watches there
        {
            report.IngressBps = 6_000_000;
            report.Streams[2].ClearViewers();
            (report.Streams[2].IngressBps, report.Streams[2].SinceUnixMs) = (5_999_000, 1_760_000_000_250);
        }
        for (int i = 0; i < pulls; i++) report.Pulls.Add(new Pull { Upstream = "ams", Bps = 300_000_000, Streams = 3 });
        return report;
    }

    /// <summary>The same report in JSON; what protobuf cannot tell from absent is absent there, and a number that is none is one out of bounds.</summary>
    private static string Json(EdgeReport report)
    {
        var members = new List<string> { "\"sequence\":1" };
        if (report.Node.Length > 0) members.Add($"\"node\":\"{report.Node}\"");
        if (report.HasIncarnation) members.Add($"\"incarnation\":{report.Incarnation}");
        if (report.HasCapacityBps) members.Add($"\"capacity_bps\":{report.CapacityBps}");
        if (report.HasEgressBps) members.Add($"\"egress_bps\":{report.EgressBps}");
        if (report.HasSessions) members.Add($"\"sessions\":{report.Sessions}");
        if (report.State != 0) members.Add($"\"state\":\"{((int)report.State > ValidState ? "other" : report.State.ToString().ToLowerInvariant())}\"");
        if (report.AtUnixMs != 0) members.Add($"\"at\":\"{DateTimeOffset.FromUnixTimeMilliseconds(report.AtUnixMs):yyyy-MM-ddTHH:mm:ss.fffZ}\"");
        if (report.HasCpu) members.Add($"\"cpu\":{(double.IsNaN(report.Cpu) ? 2 : report.Cpu)}");
        members.Add($"\"streams\":[{string.Join(',', report.Streams.Select(Json))}]");
        members.Add($"\"ingress_bps\":{report.IngressBps}");
        members.Add($"\"by_replica\":{{{string.Join(',', report.ByReplica.OrderBy(one => one.Key).Select(one => $"\"{one.Key}\":{Json(one.Value)}"))}}}");
        members.Add($"\"limits\":[{string.Join(',', report.Limits.Select(one => $$"""{"type":"{{one.Type}}","hard":{{one.Hard}},"soft":{{one.Soft}},"current":{{one.Current}}}"""))}]");
        members.Add($"\"pulls\":[{string.Join(',', report.Pulls.Select(one => $$"""{"upstream":"{{one.Upstream}}","bps":{{one.Bps}},"streams":{{one.Streams}}}"""))}]");
        return "{" + string.Join(',', members) + "}";
    }

    private static string Json(StreamLoad load) =>
        $"{{\"id\":\"{load.Id}\",\"egress_bps\":{load.EgressBps}{(load.HasViewers ? $",\"viewers\":{load.Viewers}" : "")}"
        + $"{(load.HasIngressBps ? $",\"ingress_bps\":{load.IngressBps}" : "")}"
        + $"{(load.SinceUnixMs == 0 ? "" : $",\"since\":\"{DateTimeOffset.FromUnixTimeMilliseconds(load.SinceUnixMs):yyyy-MM-ddTHH:mm:ss.fffZ}\"")}}}";

    private static string Json(ReplicaLoad load) =>
        $"{{\"sessions\":{load.Sessions},\"egress_bps\":{load.EgressBps}{(load.HasLimitBps ? $",\"limit_bps\":{load.LimitBps},\"limit_ms\":{load.LimitMs},\"held_bps\":{load.HeldBps},\"held_ms\":{load.HeldMs}" : "")}}}";
}
