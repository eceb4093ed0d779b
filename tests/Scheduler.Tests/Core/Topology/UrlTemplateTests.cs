using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Topology;

public sealed class UrlTemplateTests
{
    [Theory]
    [InlineData("https://{host}/live/{stream}.m3u8")]
    [InlineData("srt://{host}?streamid={stream}")]
    [InlineData("webrtc://{host}")]
    public void A_scheme_and_a_host_make_a_template(string template) => Assert.Null(UrlTemplate.FindFault(template));

    [Theory]
    [InlineData("", "scheme")]
    [InlineData("{host}/{stream}", "scheme")]
    [InlineData("ht tp://{host}", "without spaces")]
    [InlineData("1http://{host}", "scheme")]
    [InlineData("https://cdn.example/{stream}", "must contain {host}")]
    [InlineData("https://cdn.example/{host}", "right after the scheme")]
    [InlineData("https://{host}/{host}", "once")]
    [InlineData("https://{host}.evil.example/", "/ or ?")]
    [InlineData("https://{host}:443/", "/ or ?")]
    [InlineData("https://{host}/{node}", "brace")]
    [InlineData("https://{host}/{stream", "brace")]
    [InlineData("https://{host}/strëam", "ASCII")]
    public void What_could_not_be_filled_in_is_refused(string template, string reason) =>
        Assert.Contains(reason, UrlTemplate.FindFault(template), StringComparison.Ordinal);
}
