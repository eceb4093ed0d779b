using System.Buffers;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

public sealed class AnswerWriterTests
{
    [Fact]
    public void A_session_answer_has_its_golden_form() => Golden.Matches("session-answer.json", WriteSession());

    [Fact]
    public void A_dispatch_answer_has_its_golden_form()
    {
        byte[] output = new byte[4096];
        DispatchAnswer answer = new()
        {
            Stream = "live-42"u8,
            Kind = SessionKind.Publish,
            Protocol = StreamProtocols.None,
            Cell = "GB-51n-000e-5089"u8,
            Revision = 17,
            Decision = WireDecision.Sticky,
        };
        Golden.Matches("dispatch-answer.json", output[..DispatchAnswerWriter.Write(output, answer, WireSamples.Candidates())]);
    }

    [Fact]
    public void A_stay_has_its_golden_form()
    {
        byte[] output = new byte[HeartbeatAnswerWriter.MaxStayLength];
        HeartbeatAnswer answer = new() { Claims = WireSamples.Claims("live-42"u8), Stream = "live-42"u8, HeartbeatS = 30 };
        Golden.Matches("heartbeat-stay.json", output[..HeartbeatAnswerWriter.WriteStay(output, answer, WireSamples.Ring)]);
    }

    [Fact]
    public void A_move_has_its_golden_form()
    {
        byte[] output = new byte[4096];
        HeartbeatAnswer answer = new() { Claims = WireSamples.Claims("live-42"u8, protocol: StreamProtocols.Flv), Stream = "live-42"u8, HeartbeatS = 30 };
        CandidateAnswer[] candidates = WireSamples.Candidates()[..2];
        int length = HeartbeatAnswerWriter.WriteMove(output, answer, candidates, WireSamples.Now + 3600, WireSamples.Ring);
        Golden.Matches("heartbeat-move.json", output[..length]);
    }

    [Fact]
    public void A_batch_answer_has_its_golden_form()
    {
        ArrayBufferWriter<byte> output = new();
        SessionBatchAnswerWriter batch = new(output);
        batch.Answer(Answer("live-42"u8), WireSamples.Candidates(), WireSamples.Ring);
        batch.Problem(ProblemKind.InvalidRequest, "One \"field\" <is> at fault.", [new WireProblem("want", "must be in [1, 8]")]);
        batch.Problem(ProblemKind.NoCapacity);
        batch.Complete();
        Golden.Matches("batch-answer.json", output.WrittenSpan);

        SessionBatchAnswerMessage message = JsonSerializer.Deserialize(output.WrittenSpan, V1Json.Default.SessionBatchAnswerMessage)!;
        Assert.Equal("live-42", message.Answers[0].Answer?.Stream);
        Assert.Equal("want", message.Answers[1].Problem?.Errors?[0].Field);
        Assert.Equal(("/problems/no-capacity", 503), (message.Answers[2].Problem?.Type, message.Answers[2].Problem?.Status));
        string again = JsonSerializer.Serialize(message, V1Json.Default.SessionBatchAnswerMessage);
        Assert.Equal(again, JsonSerializer.Serialize(JsonSerializer.Deserialize(again, V1Json.Default.SessionBatchAnswerMessage)!, V1Json.Default.SessionBatchAnswerMessage));
    }

    [Fact]
    public void An_empty_batch_answer_is_one()
    {
        ArrayBufferWriter<byte> output = new();
        new SessionBatchAnswerWriter(output).Complete();
        Assert.Equal("""{"answers":[]}""", WireSamples.Text(output.WrittenSpan));
    }

    [Fact]
    public void A_report_answer_has_its_golden_form()
    {
        ArrayBufferWriter<byte> output = new();
        ReportAnswerWriter.Write(
            output, 2, [new ReportRejection(1, "streams[3].id", "not \"good\"")], 1000, 41, [new(1, 0.5), new(12, 0.5)],
            [new("lon1", SiteStatus.Open), new("par2", SiteStatus.Draining), new("ams", SiteStatus.Drained)]);
        Golden.Matches("report-answer.json", output.WrittenSpan);

        ReportAnswerMessage message = JsonSerializer.Deserialize(output.WrittenSpan, V1Json.Default.ReportAnswerMessage)!;
        Assert.Equal((2, 1000, 41L), (message.Accepted, message.IntervalMs, message.Escrow.Epoch));
        Assert.Equal(new ReportRejection(1, "streams[3].id", "not \"good\""), Assert.Single(message.Rejected));
        Assert.Equal(0.5, message.Escrow.Weights["12"]);
        Assert.Equal("draining", message.Sites["par2"]);
    }

    [Fact]
    public void A_session_answer_says_what_it_was_given()
    {
        SessionAnswerMessage message = JsonSerializer.Deserialize(WriteSession(), V1Json.Default.SessionAnswerMessage)!;
        Assert.Equal("0123456789abcdef", message.Session);
        Assert.True(SessionIdText.TryRead(WireSamples.Utf8(message.Session), out ulong session));
        Assert.Equal(0x0123456789ABCDEFUL, session);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(WireSamples.Now + 75), message.ExpiresAt);
        Assert.Equal((30, "live-42", "GB-51n-000e-5089", 17L, "placed"), (message.HeartbeatS, message.Stream, message.Cell, message.Revision, message.Decision));
        Assert.Equal([1, 2, 3], message.Candidates.Select(candidate => candidate.Rank));
        Assert.Equal([8.1, 8.0, 17.9], message.Candidates.Select(candidate => candidate.RttMs));
        Assert.Equal("https://par2-01.edge.example:8443/live/live-42/index.m3u8", message.Candidates[2].Url);

        TokenVerdict verdict = SessionToken.Read(WireSamples.Utf8(message.Token), WireSamples.Ring, WireSamples.Now, out SessionClaims claims);
        Assert.Equal((TokenVerdict.Valid, WireSamples.Claims("live-42"u8)), (verdict, claims));
        foreach ((CandidateMessage candidate, int node, int site) in message.Candidates.Zip([56, 57, 91], [7, 7, 9]))
        {
            verdict = Ticket.Read(WireSamples.Utf8(candidate.Ticket!), [WireSamples.Ring.SiteKey(site)], WireSamples.Now, out TicketClaims ticket);
            Assert.Equal(TokenVerdict.Valid, verdict);
            Assert.Equal(new TicketClaims(claims.Session, node, claims.Stream, 4000, 3, SessionKind.Play, WireSamples.Now + 3600), ticket);
        }
    }

    [Fact]
    public void An_answer_fits_the_length_that_was_promised()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            byte[] stream = [.. Enumerable.Repeat((byte)'s', random.Next(1, StreamName.MaxLength + 1))];
            StreamProtocols protocols = (StreamProtocols)random.Next(1, 64);
            CandidateAnswer[] candidates =
            [
                .. Enumerable.Range(0, random.Next(0, 9)).Select(i => new CandidateAnswer(
                    WireSamples.Fragment(new string('n', random.Next(1, 49)), "site", random.Next(), i, protocols),
                    BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))),
            ];
            StreamProtocols asked = (StreamProtocols)(random.Next(7) is int bit and < 6 ? 1 << bit : 0);
            SessionAnswer answer = new()
            {
                Claims = WireSamples.Claims(stream, (SessionKind)random.Next(2), asked) with { Session = ulong.MaxValue, ExpiresAtUnixS = uint.MaxValue },
                TicketsExpireAtUnixS = uint.MaxValue,
                Stream = stream,
                Cell = "c"u8,
                HeartbeatS = int.MinValue,
                Revision = long.MinValue,
                Decision = WireDecision.Spilled,
            };
            byte[] output = new byte[SessionAnswerWriter.MaxLength(answer, candidates)];
            int length = SessionAnswerWriter.Write(output, answer, candidates, WireSamples.Ring);
            SessionAnswerMessage message = JsonSerializer.Deserialize(output.AsSpan(0, length), V1Json.Default.SessionAnswerMessage)!;
            return message.Candidates.Count == candidates.Length
                && message.Candidates.All(candidate => (candidate.Url is null) || !candidate.Url.Contains('{', StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_protocol_that_the_node_does_not_speak_has_no_url()
    {
        CandidateAnswer[] candidates = WireSamples.Candidates();
        byte[] output = new byte[4096];
        SessionAnswer answer = Answer("live-42"u8, StreamProtocols.Flv);
        int length = SessionAnswerWriter.Write(output, answer, candidates, WireSamples.Ring);
        SessionAnswerMessage message = JsonSerializer.Deserialize(output.AsSpan(0, length), V1Json.Default.SessionAnswerMessage)!;
        Assert.Equal("https://lon1-04.edge.example:8443/live/live-42.flv?s=live-42", message.Candidates[1].Url);
        Assert.Null(message.Candidates[2].Url);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        CandidateAnswer[] candidates = WireSamples.Candidates();
        byte[] output = new byte[4096];
        WriteInto(output, candidates);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 100; i++) WriteInto(output, candidates);
        }));

        static void WriteInto(byte[] output, CandidateAnswer[] candidates)
        {
            SessionAnswer answer = Answer("live-42"u8);
            SessionAnswerWriter.Write(output, answer, candidates, WireSamples.Ring);
            HeartbeatAnswerWriter.WriteStay(output, new HeartbeatAnswer { Claims = answer.Claims, Stream = answer.Stream, HeartbeatS = 30 }, WireSamples.Ring);
        }
    }

    [Fact]
    public void Names_that_need_escapes_get_them()
    {
        Assert.Equal("a\\\"b\\\\é\\n", WireSamples.Text(WireText.Encode("a\"b\\é\n")));
    }

    private static SessionAnswer Answer(ReadOnlySpan<byte> stream, StreamProtocols protocol = StreamProtocols.Hls) => new()
    {
        Claims = WireSamples.Claims(stream, protocol: protocol),
        TicketsExpireAtUnixS = WireSamples.Now + 3600,
        Stream = stream,
        Cell = "GB-51n-000e-5089"u8,
        HeartbeatS = 30,
        Revision = 17,
        Decision = WireDecision.Placed,
    };

    private static byte[] WriteSession()
    {
        ArrayBufferWriter<byte> output = new();
        SessionAnswerWriter.Write(output, Answer("live-42"u8), WireSamples.Candidates(), WireSamples.Ring);
        return output.WrittenSpan.ToArray();
    }
}
