using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Tests.Protocol.V1;

namespace Scheduler.Tests.Protocol.Grpc;

/// <summary>What is read and written by hand, against the code that protoc generates from the .proto files.</summary>
public sealed class SessionCodecTests
{
    private static readonly Gen<AssignRequest> Requests =
        from stream in Gen.Elements("live-42", "a", new string('s', 128))
        from kind in Gen.Choose(0, 2)
        from client in Gen.Elements("", "81.2.69.142", "2001:db8::1")
        from protocol in Gen.Choose(0, 6)
        from network in Gen.Elements("", "wi-fi", "fünf")
        from bitrate in Gen.Elements<long?>(null, 1, 6_000_000, 1_000_000_000_000)
        from exclude in Gen.Elements("lon1-03", "p").ArrayOf(3)
        from previous in Gen.Elements("", "abc")
        from want in Gen.Elements<uint?>(null, 1, 8)
        select Fill(
            new AssignRequest { Stream = stream, Kind = (Scheduler.Protocol.Grpc.Messages.SessionKind)kind, ClientIp = client, Protocol = (StreamProtocol)protocol, Network = network, PreviousToken = previous },
            bitrate, exclude, want);

    [Fact]
    public void A_request_is_read_as_the_generated_code_wrote_it() => Prop.ForAll(Requests.ToArbitrary(), sent =>
    {
        Assert.True(AssignRequestReader.TryRead(sent.ToByteArray(), out SessionRequest read, out WireProblems problems), WireSamples.Show(problems));
        Assert.Equal(sent.Stream, Text(read.Stream));
        Assert.Equal(sent.Kind == Scheduler.Protocol.Grpc.Messages.SessionKind.Publish, read.Kind == Scheduler.Core.Sessions.SessionKind.Publish);
        Assert.Equal(sent.ClientIp, Text(read.ClientIp));
        Assert.Equal(sent.Protocol == StreamProtocol.Unspecified ? "None" : sent.Protocol.ToString(), read.Protocol.ToString(), ignoreCase: true);
        Assert.Equal(sent.Network, Text(read.Network));
        Assert.Equal(sent.HasBitrateBps ? sent.BitrateBps : null, read.BitrateBps);
        var excluded = new List<string>();
        foreach (ReadOnlySpan<byte> id in read.Exclude) excluded.Add(Text(id));
        Assert.Equal(sent.Exclude, excluded);
        Assert.Equal(sent.PreviousToken, Text(read.PreviousToken));
        Assert.Equal(sent.HasWant ? (int)sent.Want : SessionRequest.DefaultWant, read.Want);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_wrong_with_a_request_is_told_at_once_in_the_words_of_JSON()
    {
        AssignRequest sent = Fill(
            new AssignRequest { Stream = "live 42", Kind = (Scheduler.Protocol.Grpc.Messages.SessionKind)9, ClientIp = "here", Protocol = (StreamProtocol)9, Network = new string('n', 33), PreviousToken = new string('t', 513) },
            0, ["Not An Id"], 9);
        Assert.False(AssignRequestReader.TryRead(sent.ToByteArray(), out _, out WireProblems problems));
        SessionRequest.TryParse(
            Encoding.UTF8.GetBytes($$"""{"exclude":["Not An Id"],"stream":"live 42","kind":"x","client_ip":"here","protocol":"x","network":"{{sent.Network}}","bitrate_bps":0,"previous_token":"{{sent.PreviousToken}}","want":9}"""),
            out _, out WireProblems inJson);
        Assert.Equal(inJson.All.ToArray(), problems.All.ToArray());
        Assert.False(AssignRequestReader.TryRead(default, out _, out problems));
        Assert.Equal("stream: required", WireSamples.Show(problems));
    }

    [Fact]
    public void What_is_no_message_has_that_one_problem()
    {
        foreach (byte[] bytes in (byte[][])[[0x0A], [0x0A, 0x05, 0x41], [0xFF, 0xFF, 0xFF], [0x00, 0x00], [0x0B], [0x0A, 0x01, 0xFF]])
        {
            Assert.False(AssignRequestReader.TryRead(bytes, out _, out WireProblems problems));
            Assert.Equal([ProblemStatus.WholeMessage], WireSamples.Fields(problems));
        }
    }

    [Fact]
    public void Fields_that_are_not_known_are_passed_over_groups_too()
    {
        byte[] unknown = [0x9B, 0x06, 0x08, 0x01, 0x9C, 0x06, 0xFA, 0x3F, 0x02, 0x41, 0x42, 0xA5, 0x06, 1, 2, 3, 4, 0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.True(AssignRequestReader.TryRead([.. unknown, .. new AssignRequest { Stream = "s" }.ToByteArray(), .. unknown], out SessionRequest read, out _));
        Assert.Equal("s", Text(read.Stream));
    }

    [Fact]
    public void Beats_failovers_and_releases_are_read_as_they_were_written()
    {
        Assert.True(HeartbeatRequestReader.TryRead(new Scheduler.Protocol.Grpc.Messages.HeartbeatRequest { Token = "abc", RttMs = 9.5, ThroughputBps = 8_000_000, StallMs = 0 }.ToByteArray(), out var beat, out _));
        Assert.Equal(("abc", 9.5, 8_000_000L, 0d), (Text(beat.Token), beat.RttMs!.Value, beat.ThroughputBps!.Value, beat.StallMs!.Value));
        Assert.True(HeartbeatRequestReader.TryRead(new Scheduler.Protocol.Grpc.Messages.HeartbeatRequest { Token = "abc" }.ToByteArray(), out beat, out _));
        Assert.Null(beat.RttMs ?? beat.ThroughputBps ?? beat.StallMs);
        Assert.False(HeartbeatRequestReader.TryRead(new Scheduler.Protocol.Grpc.Messages.HeartbeatRequest { RttMs = double.NaN, StallMs = -1, ThroughputBps = -1 }.ToByteArray(), out _, out WireProblems problems));
        Assert.Equal(["token", "rtt_ms", "throughput_bps", "stall_ms"], WireSamples.Fields(problems));

        Assert.True(FailoverRequestReader.TryRead(new Scheduler.Protocol.Grpc.Messages.FailoverRequest { Token = "abc", Failed = "lon1-03", Reason = "http 503" }.ToByteArray(), out var failover, out _));
        Assert.Equal(("abc", "lon1-03", "http 503"), (Text(failover.Token), Text(failover.Failed), Text(failover.Reason)));
        Assert.False(FailoverRequestReader.TryRead(new Scheduler.Protocol.Grpc.Messages.FailoverRequest { Failed = "A", Reason = "a\nb" }.ToByteArray(), out _, out problems));
        Assert.Equal(["token", "failed", "reason"], WireSamples.Fields(problems));

        Assert.True(ReleaseRequestReader.TryRead(new ReleaseRequest { Token = "abc" }.ToByteArray(), out ReadOnlySpan<byte> token, out _));
        Assert.Equal("abc", Text(token));
        Assert.False(ReleaseRequestReader.TryRead(default, out _, out problems));
        Assert.Equal("token: required", WireSamples.Show(problems));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void An_assignment_is_read_by_the_generated_code_and_says_what_the_JSON_says(int count)
    {
        CandidateAnswer[] candidates = WireSamples.Candidates()[..count];
        SessionAnswer answer = Answer("live-42"u8);
        byte[] output = new byte[AssignmentWriter.MaxLength(in answer, candidates)];
        Assignment read = Assignment.Parser.ParseFrom(output, 0, AssignmentWriter.Write(output, in answer, candidates, WireSamples.Ring));
        byte[] json = new byte[8_192];
        var said = System.Text.Json.JsonSerializer.Deserialize(
            json.AsSpan(0, SessionAnswerWriter.Write(json.AsSpan(), in answer, candidates, WireSamples.Ring)), Scheduler.Protocol.V1.Messages.V1Json.Default.SessionAnswerMessage)!;
        Assert.Equal(Scheduler.Server.Grpc.Dispatch.PeerMessages.Response(said), Rounded(read));
    }

    [Fact]
    public void Stays_moves_and_results_of_a_batch_are_read_by_the_generated_code()
    {
        var answer = new HeartbeatAnswer { Claims = WireSamples.Claims("live-42"u8), Stream = "live-42"u8, HeartbeatS = 30 };
        byte[] output = new byte[HeartbeatResponseWriter.MaxLength(in answer, WireSamples.Candidates())];
        HeartbeatResponse stay = HeartbeatResponse.Parser.ParseFrom(output, 0, HeartbeatResponseWriter.Write(output, in answer, [], 0, WireSamples.Ring));
        Assert.Equal((HeartbeatAction.Stay, 30u, 0), (stay.Action, stay.HeartbeatS, stay.Candidates.Count));
        HeartbeatResponse move = HeartbeatResponse.Parser.ParseFrom(output, 0, HeartbeatResponseWriter.Write(output, in answer, WireSamples.Candidates(), WireSamples.Now + 3_600, WireSamples.Ring));
        Assert.Equal((HeartbeatAction.Move, 3, stay.Token), (move.Action, move.Candidates.Count, move.Token));

        var batch = new ArrayBufferWriter<byte>();
        AssignResultWriter.Answer(batch, Answer("live-42"u8), WireSamples.Candidates(), WireSamples.Ring);
        AssignResultWriter.Problem(batch, ProblemKind.InvalidRequest, "two things", [new WireProblem("want", "must be in [1, 8]"), new WireProblem("stream", new string('é', 20_000))]);
        AssignResultWriter.Problem(batch, ProblemKind.NoCapacity);
        AssignBatchResponse results = AssignBatchResponse.Parser.ParseFrom(batch.WrittenSpan);
        Assert.Equal("live-42", results.Results[0].Assignment.Stream);
        Assert.Equal((3, "invalid-request", "two things"), (results.Results[1].Problem.Code, results.Results[1].Problem.Type, results.Results[1].Problem.Detail));
        Assert.Equal(["must be in [1, 8]", new string('é', 20_000)], results.Results[1].Problem.Errors.Select(error => error.Reason));
        Assert.Equal((8, "no-capacity"), (results.Results[2].Problem.Code, results.Results[2].Problem.Type));
    }

    [Fact]
    public void A_url_with_characters_that_JSON_escapes_is_told_as_it_is()
    {
        var urls = System.Collections.Immutable.ImmutableSortedDictionary<StreamProtocols, string>.Empty.Add(StreamProtocols.Hls, "https://{host}/a\\b\"c/{stream}?x=\\\"{stream}\\");
        var node = new Node("n", "s", Scheduler.Core.Units.BitRate.FromGbps(1), NodeRoles.Edge, StreamProtocols.Hls, "h", null, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);
        SessionAnswer answer = Answer("s1"u8);
        CandidateAnswer[] candidates = [new(new CandidateFragment(node, 1, 1, "ams", urls), 1)];
        byte[] output = new byte[AssignmentWriter.MaxLength(in answer, candidates)];
        Assignment read = Assignment.Parser.ParseFrom(output, 0, AssignmentWriter.Write(output, in answer, candidates, WireSamples.Ring));
        Assert.Equal("https://h/a\\b\"c/s1?x=\\\"s1\\", read.Candidates[0].Url);
    }

    [Fact]
    public void To_read_a_request_and_write_its_answer_allocates_nothing()
    {
        byte[] request = Fill(new AssignRequest { Stream = "live-42", ClientIp = "81.2.69.142", PreviousToken = "abc" }, 6_000_000, ["lon1-03"], 3).ToByteArray();
        CandidateAnswer[] candidates = WireSamples.Candidates();
        byte[] output = new byte[4_096];
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            if (!AssignRequestReader.TryRead(request, out SessionRequest read, out _)) throw new InvalidOperationException();
            foreach (ReadOnlySpan<byte> id in read.Exclude) output[0] = id[0];
            AssignmentWriter.Write(output, Answer("live-42"u8), candidates, WireSamples.Ring);
        }));
    }

    [Fact]
    public void Mutated_messages_are_judged_and_never_thrown_at()
    {
        var random = new Random(1123);
        byte[][] seeds =
        [
            Fill(new AssignRequest { Stream = "live-42", Network = "fünf" }, 6_000_000, ["lon1-03", "p"], 3).ToByteArray(),
            new Scheduler.Protocol.Grpc.Messages.HeartbeatRequest { Token = "abc", RttMs = 9.5, StallMs = 2 }.ToByteArray(),
            new AssignBatchRequest { Requests = { new AssignRequest { Stream = "a" }, new AssignRequest { Stream = "b" } } }.ToByteArray(),
        ];
        int good = 0;
        for (int i = 0; i < 300_000; i++)
        {
            byte[] bytes = MessageReaderTests.Mutate(seeds[i % seeds.Length], random);
            if (AssignRequestReader.TryRead(bytes, out SessionRequest request, out _))
            {
                good++;
                Assert.True(StreamName.IsValid(request.Stream) && request.Want is >= 1 and <= 8);
                foreach (ReadOnlySpan<byte> id in request.Exclude) Assert.InRange(id.Length, 1, 48);
            }
            if (HeartbeatRequestReader.TryRead(bytes, out _, out _)) good++;
            if (FailoverRequestReader.TryRead(bytes, out _, out _)) good++;
            if (AssignBatch.TryRead(bytes, out AssignBatch batch, out _))
                foreach (ReadOnlySpan<byte> one in batch) good += AssignRequestReader.TryRead(one, out _, out _) ? 1 : 0;
        }
        Assert.InRange(good, 50_000, 600_000);
    }

    private static SessionAnswer Answer(ReadOnlySpan<byte> stream) => new()
    {
        Claims = WireSamples.Claims(stream),
        TicketsExpireAtUnixS = WireSamples.Now + 120,
        Stream = stream,
        Cell = "GB-51n-000e-5089"u8,
        HeartbeatS = 30,
        Revision = 17,
        Decision = WireDecision.Placed,
    };

    /// <summary>JSON tells round trips to a tenth.</summary>
    private static Assignment Rounded(Assignment assignment)
    {
        foreach (Candidate candidate in assignment.Candidates) candidate.RttMs = (float)Math.Round(candidate.RttMs, 1, MidpointRounding.AwayFromZero);
        return assignment;
    }

    private static AssignRequest Fill(AssignRequest request, long? bitrate, string[] exclude, uint? want)
    {
        if (bitrate is { } bps) request.BitrateBps = bps;
        if (want is { } wish) request.Want = wish;
        request.Exclude.AddRange(exclude);
        return request;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
