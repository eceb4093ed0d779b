using Scheduler.Server.Http;

namespace Scheduler.Tests.Server.Http;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData("http://localhost:8080", false, null, 8080, true)]
    [InlineData("https://0.0.0.0:8443", true, "0.0.0.0", 8443, false)]
    [InlineData("https://127.0.0.1", true, "127.0.0.1", 443, true)]
    [InlineData("http://[::1]:0/", false, "::1", 0, true)]
    [InlineData("HTTPS://[::]:1", true, "::", 1, false)]
    public void One_address_is_read(string text, bool isTls, string? address, int port, bool isLoopback)
    {
        Assert.True(ListenUrl.TryParseAll(text, out IReadOnlyList<ListenUrl> urls));
        ListenUrl url = Assert.Single(urls);
        Assert.Equal((isTls, address, port, isLoopback), (url.IsTls, url.Address?.ToString(), url.Port, url.IsLoopback));
    }

    [Fact]
    public void Several_are_read_in_order()
    {
        Assert.True(ListenUrl.TryParseAll(" http://127.0.0.1:1 ; https://127.0.0.1:2;", out IReadOnlyList<ListenUrl> urls));
        Assert.Equal([1, 2], urls.Select(url => url.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("localhost:8080")]
    [InlineData("http://scheduler.example:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://127.0.0.1/base")]
    [InlineData("http://127.0.0.1/?k=1")]
    [InlineData("http://user@127.0.0.1/")]
    [InlineData("http://127.0.0.1:1;nonsense")]
    public void What_cannot_be_listened_on_is_refused(string text) => Assert.False(ListenUrl.TryParseAll(text, out _));
}
