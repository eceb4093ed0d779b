using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

public sealed class BeatAndFailoverTests
{
    [Fact]
    public void A_beat_is_read()
    {
        byte[] body = """{"token":"abc","rtt_ms":23.5,"throughput_bps":8.2e6,"stall_ms":0}"""u8.ToArray();
        Assert.True(HeartbeatRequest.TryParse(body, out HeartbeatRequest beat, out _));
        Assert.Equal("abc", WireSamples.Text(beat.Token));
        Assert.Equal((23.5, 8_200_000L, 0.0), (beat.RttMs, beat.ThroughputBps, beat.StallMs));
    }

    [Fact]
    public void What_a_beat_did_not_measure_is_null()
    {
        Assert.True(HeartbeatRequest.TryParse("""{"token":"abc","rtt_ms":null}"""u8, out HeartbeatRequest beat, out _));
        Assert.Null(beat.RttMs);
        Assert.Null(beat.ThroughputBps);
        Assert.Null(beat.StallMs);
    }

    [Theory]
    [InlineData("""{}""", "token")]
    [InlineData("""{"token":7}""", "token")]
    [InlineData("""{"token":"a","rtt_ms":-1}""", "rtt_ms")]
    [InlineData("""{"token":"a","rtt_ms":1e400}""", "rtt_ms")]
    [InlineData("""{"token":"a","rtt_ms":"8"}""", "rtt_ms")]
    [InlineData("""{"token":"a","throughput_bps":1e30,"stall_ms":-1}""", "throughput_bps,stall_ms")]
    [InlineData("""{"token":"a","token":"a"}""", "token")]
    [InlineData("""{"token":"a" """, "body")]
    public void A_bad_beat_is_told_by_field(string body, string fields)
    {
        Assert.False(HeartbeatRequest.TryParse(WireSamples.Utf8(body), out _, out WireProblems problems));
        Assert.Equal(fields.Split(','), WireSamples.Fields(problems));
    }

    [Fact]
    public void A_token_too_long_to_be_one_is_refused()
    {
        string token = new('a', SessionRequest.MaxTokenLength + 1);
        Assert.False(HeartbeatRequest.TryParse(WireSamples.Utf8($$"""{"token":"{{token}}"}"""), out _, out WireProblems problems));
        Assert.Equal("token: longer than 512 bytes", WireSamples.Show(problems));
    }

    [Fact]
    public void A_failover_is_read()
    {
        Assert.True(FailoverRequest.TryParse("""{"reason":"http 503","failed":"lon1-03","token":"abc"}"""u8, out FailoverRequest failover, out _));
        Assert.Equal("abc", WireSamples.Text(failover.Token));
        Assert.Equal("lon1-03", WireSamples.Text(failover.Failed));
        Assert.Equal("http 503", WireSamples.Text(failover.Reason));
    }

    [Theory]
    [InlineData("""{}""", "token,failed,reason")]
    [InlineData("""{"token":"a","failed":"LON","reason":"x"}""", "failed")]
    [InlineData("""{"token":"a","failed":"lon","reason":""}""", "reason")]
    [InlineData("""{"token":"a","failed":"lon","reason":"a\nb"}""", "reason")]
    [InlineData("""{"token":"a","failed":"lon","reason":"0123456789012345678901234567890123456789012345678901234567890123x"}""", "reason")]
    public void A_bad_failover_is_told_by_field(string body, string fields)
    {
        Assert.False(FailoverRequest.TryParse(WireSamples.Utf8(body), out _, out WireProblems problems));
        Assert.Equal(fields.Split(','), WireSamples.Fields(problems));
    }
}
