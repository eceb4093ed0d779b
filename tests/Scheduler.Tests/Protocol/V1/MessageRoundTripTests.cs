using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

/// <summary>What clients write with <see cref="V1Json"/>, the server's own readers read alike.</summary>
public sealed class MessageRoundTripTests
{
    [Fact]
    public void A_session_request_arrives_as_it_was_sent()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            SessionRequestMessage sent = AnyRequest(new Random(seed));
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(sent, V1Json.Default.SessionRequestMessage);
            if (!SessionRequest.TryParse(body, out SessionRequest read, out _)) return false;
            List<string> excluded = [];
            foreach (ReadOnlySpan<byte> node in read.Exclude) excluded.Add(WireSamples.Text(node));
            return WireSamples.Text(read.Stream) == sent.Stream
                && (read.Kind == SessionKind.Publish) == (sent.Kind == "publish")
                && WireSamples.Text(read.ClientIp) == (sent.ClientIp ?? "")
                && read.Protocol == (sent.Protocol is null ? StreamProtocols.None : Enum.Parse<StreamProtocols>(sent.Protocol, ignoreCase: true))
                && WireSamples.Text(read.Network) == (sent.Network ?? "")
                && read.BitrateBps == sent.BitrateBps
                && excluded.SequenceEqual(sent.Exclude ?? [])
                && WireSamples.Text(read.PreviousToken) == (sent.PreviousToken ?? "")
                && read.Want == (sent.Want ?? SessionRequest.DefaultWant);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_batch_arrives_as_it_was_sent()
    {
        Random random = new(3);
        SessionBatchRequestMessage sent = new() { Requests = [.. Enumerable.Range(0, 50).Select(_ => AnyRequest(random))] };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(sent, V1Json.Default.SessionBatchRequestMessage);
        Assert.True(SessionBatchRequest.TryParse(body, out SessionBatchRequest batch, out _));
        List<string> streams = [];
        foreach (ReadOnlySpan<byte> text in batch)
        {
            Assert.True(SessionRequest.TryParse(text, out SessionRequest request, out _));
            streams.Add(WireSamples.Text(request.Stream));
        }
        Assert.Equal(sent.Requests.Select(request => request.Stream), streams);
    }

    [Fact]
    public void A_beat_and_a_failover_arrive_as_they_were_sent()
    {
        HeartbeatRequestMessage beat = new() { Token = "t-1", RttMs = 12.25, ThroughputBps = 7_000_000, StallMs = 1.5 };
        Assert.True(HeartbeatRequest.TryParse(JsonSerializer.SerializeToUtf8Bytes(beat, V1Json.Default.HeartbeatRequestMessage), out HeartbeatRequest read, out _));
        Assert.Equal(("t-1", 12.25, 7_000_000L, 1.5), (WireSamples.Text(read.Token), read.RttMs, read.ThroughputBps, read.StallMs));

        FailoverRequestMessage failover = new() { Token = "t-2", Failed = "lon1-03", Reason = "Zeitüberschreitung 😀 <\"x\">" };
        Assert.True(FailoverRequest.TryParse(JsonSerializer.SerializeToUtf8Bytes(failover, V1Json.Default.FailoverRequestMessage), out FailoverRequest got, out _));
        Assert.Equal(("t-2", "lon1-03", failover.Reason), (WireSamples.Text(got.Token), WireSamples.Text(got.Failed), WireSamples.Text(got.Reason)));
    }

    [Fact]
    public void A_report_arrives_as_it_was_sent()
    {
        ReportMessage sent = new()
        {
            Node = "lon1-03",
            Incarnation = long.MaxValue,
            Sequence = 812,
            At = DateTimeOffset.FromUnixTimeMilliseconds(1763832918250),
            CapacityBps = 40_000_000_000,
            EgressBps = 21_500_000_000,
            Sessions = 5400,
            State = "draining",
            Cpu = 0.41,
            Memory = 0.52,
            Streams = [new("live-42", 120, 600_000_000), new("b", 0, null)],
            ByReplica = new Dictionary<string, ReportReplicaMessage> { ["7"] = new(2700, 10_700_000_000) { LimitBps = 11_000_000_999, LimitMs = 3_000, HeldBps = 10_900_000_000, HeldMs = 60_000 } },
            EscrowEpoch = 41,
            Limits = [new("sessions", 12000, 10000, 5400), new("requests", 1, null, null)],
            IngressBps = 310_000_000,
            Pulls = [new("ams", 300_000_000, 210), new("fra", 1, null)],
        };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new ReportBatchMessage { Reports = [sent] }, V1Json.Default.ReportBatchMessage);
        ReportBatchReader batch = new(body);
        Assert.True(batch.Next() && batch.IsAccepted, batch.Fault?.Reason ?? string.Join(", ", batch.Problems.ToArray().Select(problem => problem.ToString())));
        Assert.Equal("lon1-03", WireSamples.Text(batch.Node));
        NodeReport read = batch.Report;
        Assert.Equal((long.MaxValue, 812, 1763832918250, 40_000_000, 21_500_000, 5400, NodeState.Draining, 0.41),
            (read.Incarnation, read.Sequence, read.AtUnixMs, read.CapacityKbps, read.EgressKbps, read.Sessions, read.State, read.CpuRatio));
        Assert.Equal([new StreamLoad(StreamName.Hash("live-42"u8), 120, 600_000), new StreamLoad(StreamName.Hash("b"u8), 0, 0)], read.Streams.ToArray());
        Assert.Equal([new ReplicaLoad(7, 2700, 10_700_000) { Grant = new EscrowGrant(11_000_000, 3_000, 10_900_000, 60_000) }], read.ByReplica.ToArray());
        Assert.Equal([new ReportedLimit(12000, 5400), new ReportedLimit(1, 0)], read.Limits.ToArray());
        Assert.False(batch.Next());
        Assert.Null(batch.Fault);
    }

    private static SessionRequestMessage AnyRequest(Random random)
    {
        bool Coin() => random.Next(2) == 0;
        return new SessionRequestMessage
        {
            Stream = "live-" + random.Next(),
            Kind = random.Next(3) switch { 0 => null, 1 => "play", _ => "publish" },
            ClientIp = Coin() ? null : Coin() ? "203.0.113.7" : "2001:db8::7",
            Protocol = Coin() ? null : new[] { "hls", "dash", "flv", "webrtc", "rtmp", "srt" }[random.Next(6)],
            Network = Coin() ? null : new[] { "wifi", "移动", "a\"b\\c", "<é&'>", "😀" }[random.Next(5)],
            BitrateBps = Coin() ? null : random.NextInt64(1, SessionRequest.MaxBitrateBps + 1),
            Exclude = Coin() ? null : [.. Enumerable.Range(0, random.Next(0, 17)).Select(i => $"node-{i}")],
            PreviousToken = Coin() ? null : "tok_en-" + random.Next(),
            Want = Coin() ? null : random.Next(1, 9),
        };
    }
}
