using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

public sealed class SessionBatchTests
{
    [Fact]
    public void Each_request_is_read_by_itself()
    {
        byte[] body = """{"x":1,"requests":[{"stream":"a"}, 7 ,{"stream":"b","want":9},{"stream":"c"}],"y":[]}"""u8.ToArray();
        Assert.True(SessionBatchRequest.TryParse(body, out SessionBatchRequest batch, out _));
        Assert.Equal(4, batch.Count);
        List<string> seen = [];
        foreach (ReadOnlySpan<byte> text in batch)
            seen.Add(SessionRequest.TryParse(text, out SessionRequest request, out WireProblems problems) ? WireSamples.Text(request.Stream) : WireSamples.Show(problems));
        Assert.Equal(["a", "body: must be an object", "want: must be in [1, 8]", "c"], seen);
    }

    [Fact]
    public void An_empty_batch_is_a_batch()
    {
        Assert.True(SessionBatchRequest.TryParse("""{"requests":[]}"""u8, out SessionBatchRequest batch, out _));
        Assert.Equal(0, batch.Count);
        foreach (ReadOnlySpan<byte> _ in batch) Assert.Fail("There is none.");
    }

    [Theory]
    [InlineData("""{}""", "requests: required")]
    [InlineData("""{"requests":{}}""", "requests: must be an array")]
    [InlineData("""{"requests":[],"requests":[]}""", "requests: given twice")]
    [InlineData("""[]""", "body: must be an object")]
    [InlineData("""{"requests":[{"stream":"a"},]}""", "body: not valid JSON: nothing follows the ',', at byte 28")]
    public void A_bad_batch_is_refused_as_a_whole(string body, string expected)
    {
        Assert.False(SessionBatchRequest.TryParse(WireSamples.Utf8(body), out _, out WireProblems problems));
        Assert.Equal(expected, WireSamples.Show(problems));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void A_batch_has_at_most_a_thousand_requests(int count, bool taken)
    {
        byte[] body = WireSamples.Utf8($$"""{"requests":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}""");
        Assert.Equal(taken, SessionBatchRequest.TryParse(body, out _, out _));
    }
}
