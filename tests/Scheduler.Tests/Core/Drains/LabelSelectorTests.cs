using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Core.Drains;

public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData("tier=metro", true)]
    [InlineData("rack=a", true)]
    [InlineData(" rack=a , tier=metro ", true)]
    [InlineData("rack=z", false)] // the site says z, the node's own label hides it
    [InlineData("rack=a,tier=core", false)]
    [InlineData("floor=1", false)]
    public void Every_requirement_must_be_met_by_the_node_or_else_its_site(string text, bool expected)
    {
        Assert.True(LabelSelector.TryParse(text, out LabelSelector? selector, out _));
        Assert.Equal(expected, selector.Matches(FleetSamples.Small.Nodes[1], FleetSamples.Small.Sites[1]));
    }

    [Theory]
    [InlineData("", "key=value")]
    [InlineData("rack", "key=value")]
    [InlineData("rack=a,", "key=value")]
    [InlineData("Rack=a", "key that no label can have: 'Rack'")]
    [InlineData("rack=", "value that no label can have")]
    [InlineData("rack=a=b", "value that no label can have: 'a=b'")]
    [InlineData("rack=a,rack=b", "requires 'rack' twice")]
    [InlineData("a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1,n=1,o=1,p=1,q=1", "over 16 requirements")]
    public void Text_that_is_no_selector_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(LabelSelector.TryParse(text, out _, out string? fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selector_prints_as_it_reads()
    {
        Assert.True(LabelSelector.TryParse("rack=a, tier=metro", out LabelSelector? selector, out _));
        Assert.Equal("rack=a,tier=metro", selector.ToString());
    }

    [Fact]
    public void Every_label_can_be_selected()
    {
        Node node = FleetSamples.Small.Nodes[0] with { Labels = Labels.None.Add("example.com/a_b-c", "X.y_z-9") };
        Assert.True(LabelSelector.TryParse("example.com/a_b-c=X.y_z-9", out LabelSelector? selector, out _));
        Assert.True(selector.Matches(node, FleetSamples.Small.Sites[0]));
    }
}
