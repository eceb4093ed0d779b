using Scheduler.Core.Topology;
using Scheduler.Protocol.Redirects;

namespace Scheduler.Tests.Protocol.Redirects;

public sealed class RedirectRequestTests
{
    private const string Hls = "https://{host}/live/{stream}/index.m3u8";

    [Theory]
    [InlineData("/r/live-42", "https://n.example/live/live-42/index.m3u8")]
    [InlineData("/r/live-42/", "https://n.example/live/live-42/index.m3u8")]
    [InlineData("/r/live-42/index.m3u8", "https://n.example/live/live-42/index.m3u8")]
    [InlineData("/r/live-42/a%20b/c.ts", "https://n.example/live/live-42/a%20b/c.ts")]
    [InlineData("/r/live-42/1080.m3u8?a=b&c", "https://n.example/live/live-42/1080.m3u8?a=b&c")]
    [InlineData("/r/live-42?k=pk&a=b&client_ip=1.2.3.4&trred=false&format=json", "https://n.example/live/live-42/index.m3u8?a=b")]
    [InlineData("/r/live-42?format=ts", "https://n.example/live/live-42/index.m3u8?format=ts")]
    public void The_path_and_the_query_are_kept(string target, string location) => Assert.Equal(location, At(target, Hls));

    [Theory]
    [InlineData("https://{host}/live/{stream}.flv", "/r/s", "https://n.example/live/s.flv")]
    [InlineData("https://{host}/live/{stream}.flv", "/r/s/s.flv", "https://n.example/live/s.flv")]
    [InlineData("https://{host}?s={stream}", "/r/s/a.m3u8", "https://n.example/a.m3u8")]
    [InlineData("https://{host}/x?s={stream}&t=1", "/r/s?u=2", "https://n.example/x?s=s&t=1&u=2")]
    [InlineData("https://{host}/x?s=a/b", "/r/s/y", "https://n.example/y")]
    public void A_path_lies_beside_the_stream_s_own_address(string template, string target, string location) => Assert.Equal(location, At(target, template));

    [Theory]
    [InlineData("/r/s/index.m3u8", StreamProtocols.Hls)]
    [InlineData("/r/s/manifest.mpd", StreamProtocols.Dash)]
    [InlineData("/r/s/s.flv", StreamProtocols.Flv)]
    [InlineData("/r/s/1.ts", null)]
    [InlineData("/r/s/a.m3u8/b", null)]
    [InlineData("/r/s", null)]
    public void The_ending_tells_the_protocol(string target, StreamProtocols? protocol)
    {
        Assert.True(RedirectRequest.TryParse(target, out RedirectRequest request));
        Assert.Equal(protocol, request.Protocol);
    }

    [Fact]
    public void What_is_asked_of_the_scheduler_is_read()
    {
        Assert.True(RedirectRequest.TryParse("/r/s/x?format=json&trred=false&client_ip=::1", out RedirectRequest request));
        Assert.True(request is { WantsLocation: true, WantsLocations: true });
        Assert.Equal("::1", request.ClientIp.ToString());
        Assert.True(RedirectRequest.TryParse("/r/s/x?format=xml&trred=true", out request));
        Assert.False(request.WantsLocation || request.WantsLocations);
    }

    private static string At(string target, string template)
    {
        Assert.True(RedirectRequest.TryParse(target, out RedirectRequest request));
        return request.LocationAt(template, "n.example");
    }
}
