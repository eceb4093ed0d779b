using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

public sealed class SessionRequestTests
{
    private const string Full =
        """{"stream":"live-42","kind":"publish","client_ip":"2001:db8::1","protocol":"webrtc","network":"移动 5G","bitrate_bps":6.0000004e6,"exclude":["lon1-03","par2-01"],"previous_token":"abc","want":8,"colour":{"a":[1,2]}}""";

    [Fact]
    public void Every_member_is_read()
    {
        Assert.True(SessionRequest.TryParse(WireSamples.Utf8(Full), out SessionRequest request, out _));
        Assert.Equal("live-42", WireSamples.Text(request.Stream));
        Assert.Equal(SessionKind.Publish, request.Kind);
        Assert.Equal("2001:db8::1", WireSamples.Text(request.ClientIp));
        Assert.Equal(StreamProtocols.WebRtc, request.Protocol);
        Assert.Equal("移动 5G", WireSamples.Text(request.Network));
        Assert.Equal(6_000_000, request.BitrateBps);
        Assert.Equal(["lon1-03", "par2-01"], Excluded(request));
        Assert.Equal("abc", WireSamples.Text(request.PreviousToken));
        Assert.Equal(8, request.Want);
    }

    [Theory]
    [InlineData("""{"stream":"s"}""")]
    [InlineData("""{"stream":"s","kind":null,"client_ip":null,"protocol":null,"network":null,"bitrate_bps":null,"exclude":null,"previous_token":null,"want":null}""")]
    public void What_is_absent_or_null_has_its_default(string body)
    {
        Assert.True(SessionRequest.TryParse(WireSamples.Utf8(body), out SessionRequest request, out _));
        Assert.Equal(SessionKind.Play, request.Kind);
        Assert.True(request.ClientIp.IsEmpty && request.Network.IsEmpty && request.PreviousToken.IsEmpty);
        Assert.Equal(StreamProtocols.None, request.Protocol);
        Assert.Null(request.BitrateBps);
        Assert.Equal(0, request.Exclude.Count);
        Assert.Empty(Excluded(request));
        Assert.Equal(SessionRequest.DefaultWant, request.Want);
    }

    [Fact]
    public void Escapes_mean_what_they_stand_for()
    {
        byte[] body = WireSamples.Utf8("""{"\u0073tream":"live\u002d42","exclude":["\u006con1","b"]}""");
        Assert.True(SessionRequest.TryParse(body, out SessionRequest request, out _));
        Assert.Equal("live-42", WireSamples.Text(request.Stream));
        Assert.Equal(["lon1", "b"], Excluded(request));
    }

    [Theory]
    [InlineData("hls", StreamProtocols.Hls)]
    [InlineData("dash", StreamProtocols.Dash)]
    [InlineData("flv", StreamProtocols.Flv)]
    [InlineData("webrtc", StreamProtocols.WebRtc)]
    [InlineData("rtmp", StreamProtocols.Rtmp)]
    [InlineData("srt", StreamProtocols.Srt)]
    public void Every_protocol_has_its_name(string name, StreamProtocols protocol)
    {
        Assert.True(SessionRequest.TryParse(WireSamples.Utf8($$"""{"stream":"s","protocol":"{{name}}"}"""), out SessionRequest request, out _));
        Assert.Equal(protocol, request.Protocol);
    }

    [Theory]
    [InlineData("600000000", 600_000_000)]
    [InlineData("6e8", 600_000_000)]
    [InlineData("6.0E+8", 600_000_000)]
    [InlineData("1.5", 2)]
    public void Any_form_of_a_number_is_taken_and_rounded(string number, long expected)
    {
        Assert.True(SessionRequest.TryParse(WireSamples.Utf8($$"""{"stream":"s","bitrate_bps":{{number}}}"""), out SessionRequest request, out _));
        Assert.Equal(expected, request.BitrateBps);
    }

    [Theory]
    [InlineData("""{}""", "stream", "required")]
    [InlineData("""{"stream":null}""", "stream", "required")]
    [InlineData("""{"stream":""}""", "stream", "empty")]
    [InlineData("""{"stream":"a b"}""", "stream", "A-Z")]
    [InlineData("""{"stream":"é"}""", "stream", "A-Z")]
    [InlineData("""{"stream":42}""", "stream", "string")]
    [InlineData("""{"stream":["s"]}""", "stream", "string")]
    [InlineData("""{"stream":"s","stream":"t"}""", "stream", "twice")]
    [InlineData("""{"stream":"s","stre\u0061m":"t"}""", "stream", "twice")]
    [InlineData("""{"stream":"s","kind":"watch"}""", "kind", "play or publish")]
    [InlineData("""{"stream":"s","kind":1}""", "kind", "string")]
    [InlineData("""{"stream":"s","client_ip":"localhost"}""", "client_ip", "address")]
    [InlineData("""{"stream":"s","client_ip":"1"}""", "client_ip", "address")]
    [InlineData("""{"stream":"s","protocol":"HLS"}""", "protocol", "hls")]
    [InlineData("""{"stream":"s","network":""}""", "network", "empty")]
    [InlineData("""{"stream":"s","network":"a\u0000b"}""", "network", "control")]
    [InlineData("""{"stream":"s","network":"123456789012345678901234567890123"}""", "network", "32")]
    [InlineData("""{"stream":"s","bitrate_bps":0}""", "bitrate_bps", "in [1")]
    [InlineData("""{"stream":"s","bitrate_bps":-5}""", "bitrate_bps", "in [1")]
    [InlineData("""{"stream":"s","bitrate_bps":1e30}""", "bitrate_bps", "in [1")]
    [InlineData("""{"stream":"s","bitrate_bps":"6000"}""", "bitrate_bps", "number")]
    [InlineData("""{"stream":"s","bitrate_bps":true}""", "bitrate_bps", "number")]
    [InlineData("""{"stream":"s","want":0}""", "want", "[1, 8]")]
    [InlineData("""{"stream":"s","want":9}""", "want", "[1, 8]")]
    [InlineData("""{"stream":"s","exclude":"lon1"}""", "exclude", "array")]
    [InlineData("""{"stream":"s","exclude":["a",7]}""", "exclude[1]", "string")]
    [InlineData("""{"stream":"s","exclude":["a","b",null]}""", "exclude[2]", "string")]
    [InlineData("""{"stream":"s","exclude":["UPPER"]}""", "exclude[0]", "id of a node")]
    [InlineData("""{"stream":"s","exclude":["a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a"]}""", "exclude", "16")]
    [InlineData("""{"stream":"s","previous_token":5}""", "previous_token", "string")]
    [InlineData("""["stream"]""", "body", "object")]
    [InlineData("""null""", "body", "object")]
    [InlineData("""{"stream":"s"} x""", "body", "at byte 15")]
    [InlineData("""{"stream":"s",}""", "body", "not valid JSON")]
    [InlineData("""{"stream":"s","want":NaN}""", "body", "not valid JSON")]
    [InlineData("""{"stream":"\ud800"}""", "body", "escape")]
    [InlineData("", "body", "ends")]
    public void Bad_input_is_told_by_field_and_reason(string body, string field, string reason)
    {
        Assert.False(SessionRequest.TryParse(WireSamples.Utf8(body), out _, out WireProblems problems));
        WireProblem problem = Assert.Single(problems.All.ToArray());
        Assert.Equal(field, problem.Field);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        byte[] body = """{"kind":"x","protocol":"y","want":99,"bitrate_bps":-1,"exclude":["A","B"]}"""u8.ToArray();
        Assert.False(SessionRequest.TryParse(body, out _, out WireProblems problems));
        Assert.Equal(["kind", "protocol", "want", "bitrate_bps", "exclude[0]", "exclude[1]", "stream"], WireSamples.Fields(problems));
    }

    [Fact]
    public void A_text_that_breaks_off_has_that_one_problem_whatever_came_before()
    {
        Assert.False(SessionRequest.TryParse("""{"kind":"x","want":99,"""u8, out _, out WireProblems problems));
        Assert.Equal(["body"], WireSamples.Fields(problems));
    }

    [Fact]
    public void Problems_are_many_but_bounded()
    {
        byte[] body = WireSamples.Utf8($$"""{"stream":"s","exclude":[{{string.Join(',', Enumerable.Repeat("1", 5000))}}]}""");
        Assert.False(SessionRequest.TryParse(body, out _, out WireProblems problems));
        Assert.Equal(WireProblems.MaxCount, problems.Count);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] body = WireSamples.Utf8(Full);
        SessionRequest.TryParse(body, out _, out _);
        int excluded = 0;
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            excluded = 0;
            for (int i = 0; i < 100; i++)
            {
                SessionRequest.TryParse(body, out SessionRequest request, out _);
                foreach (ReadOnlySpan<byte> node in request.Exclude) excluded += node.Length;
            }
        }));
        Assert.Equal(1400, excluded);
    }

    private static string[] Excluded(SessionRequest request)
    {
        List<string> nodes = [];
        foreach (ReadOnlySpan<byte> node in request.Exclude) nodes.Add(WireSamples.Text(node));
        return [.. nodes];
    }
}
