using Scheduler.Client.Edges;

namespace Scheduler.Tests.Client.Edges;

public sealed class SiteKeysTests
{
    [Fact]
    public void The_answer_of_the_scheduler_is_read()
    {
        SiteKeys keys = TestSite.Parsed(TestSite.Json(Core.Sessions.Keys.Rotated()));
        Assert.Equal("lon1", keys.Site);
        Assert.Equal((31, 32, null), (keys.NumberOf("lon1-01"), keys.NumberOf("lon1-02"), keys.NumberOf("par1-01")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"site":"lon1","number":7,"keys":[]}""")]
    [InlineData("""{"site":"lon1","number":7,"keys":[{"id":256,"key":"AAAAAAAAAAAAAAAAAAAAAA==","current":true}]}""")]
    [InlineData("""{"site":"lon1","number":7,"keys":[{"id":1,"key":"AAAA","current":true}]}""")]
    [InlineData("""{"site":"lon1","number":7,"keys":[{"id":1,"key":"no base64","current":true}]}""")]
    public void What_is_no_such_answer_is_refused_with_a_reason(string json)
    {
        Assert.False(SiteKeys.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out _, out string? problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void An_audience_of_a_node_that_the_site_does_not_have_cannot_be_made() =>
        Assert.Throws<ArgumentException>(() => new NodeAudience(TestSite.Parsed(TestSite.Json(Core.Sessions.Keys.One())), "par1-01", TimeProvider.System));
}
