using System.Text;
using Scheduler.Protocol.Steering;

namespace Scheduler.Tests.Protocol.Steering;

public sealed class NodePathwayTests
{
    [Fact]
    public void An_id_is_the_same_for_ever() => Assert.Equal("lon1-03.d42d75f0", Id("lon1-03", "lon1-03.edge.example"));

    [Fact]
    public void Another_host_is_another_clone() => Assert.NotEqual(Id("lon1-03", "a.example"), Id("lon1-03", "b.example"));

    [Fact]
    public void Another_node_is_another_clone() => Assert.NotEqual(Id("lon1-03", "a.example"), Id("lon1-04", "a.example"));

    [Theory]
    [InlineData("a.example", true)]
    [InlineData("198.18.0.1", true)]
    [InlineData("a.example:8443", false)]
    [InlineData("[2001:db8::1]", false)]
    public void A_clone_names_a_host_and_no_port(string host, bool has) => Assert.Equal(has, new NodePathway("n", "s", host).HasClone);

    [Fact]
    public void An_id_fits_the_grammar_and_no_site_can_have_it()
    {
        string id = Id(new string('a', 48), "x.example");
        Assert.True(PathwayList.IsId(Encoding.UTF8.GetBytes(id)));
        Assert.Contains('.', id);
    }

    private static string Id(string node, string host) => Encoding.UTF8.GetString(new NodePathway(node, "lon1", host).Id);
}
