using System.Text;
using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class HttpResponseReaderTests
{
    private const string Fixed = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
    private const string Chunked = "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\nRetry-After: 3\r\n\r\n4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n";
    private const string Empty = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private static HttpVerdict Read(string text, out HttpResponse response, out string body)
    {
        byte[] buffer = Encoding.ASCII.GetBytes(text);
        HttpVerdict verdict = HttpResponseReader.Read(buffer, out response);
        body = verdict == HttpVerdict.Complete ? Encoding.ASCII.GetString(buffer, response.BodyStart, response.BodyLength) : "";
        return verdict;
    }

    [Fact]
    public void A_body_of_stated_length_is_read()
    {
        Assert.Equal(HttpVerdict.Complete, Read(Fixed, out HttpResponse response, out string body));
        Assert.Equal((201, "{\"a\":1}", Fixed.Length, true), (response.Status, body, response.Length, response.KeepAlive));
        Assert.Null(response.RetryAfterS);
    }

    [Fact]
    public void Chunks_are_joined()
    {
        Assert.Equal(HttpVerdict.Complete, Read(Chunked, out HttpResponse response, out string body));
        Assert.Equal((503, "{\"a\":1}", Chunked.Length, 3), (response.Status, body, response.Length, response.RetryAfterS));
    }

    [Fact]
    public void A_204_has_no_body_and_close_is_seen()
    {
        Assert.Equal(HttpVerdict.Complete, Read(Empty, out HttpResponse response, out _));
        Assert.Equal((204, 0, false), (response.Status, response.BodyLength, response.KeepAlive));
    }

    [Theory]
    [InlineData(Fixed)]
    [InlineData(Chunked)]
    [InlineData(Empty)]
    public void Every_part_of_an_answer_is_incomplete_and_the_rest_completes_it(string text)
    {
        byte[] buffer = Encoding.ASCII.GetBytes(text);
        for (int length = 0; length < buffer.Length; length++)
            Assert.Equal(HttpVerdict.Incomplete, HttpResponseReader.Read(buffer.AsSpan(0, length), out _));
        Assert.Equal(HttpVerdict.Complete, HttpResponseReader.Read(buffer, out _)); // the earlier looks have changed nothing
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nbody to the end")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void What_is_no_answer_is_refused(string text) => Assert.Equal(HttpVerdict.Malformed, Read(text, out _, out _));

    [Fact]
    public void A_head_without_end_is_refused() =>
        Assert.Equal(HttpVerdict.Malformed, Read("HTTP/1.1 200 OK\r\nX: " + new string('x', 20_000), out _, out _));

    [Fact]
    public void Mangled_answers_never_throw()
    {
        var random = new Random(11);
        foreach (string text in (string[])[Fixed, Chunked, Empty])
        {
            for (int i = 0; i < 20_000; i++)
            {
                byte[] bytes = Encoding.ASCII.GetBytes(text);
                for (int k = random.Next(1, 4); k > 0; k--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                if (HttpResponseReader.Read(bytes, out HttpResponse response) != HttpVerdict.Complete) continue;
                Assert.InRange(response.Length, 1, bytes.Length);
                Assert.InRange(response.BodyStart + response.BodyLength, 0, bytes.Length);
            }
        }
    }
}
