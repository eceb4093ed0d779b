using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Protocol.Documents;

public sealed class DocumentDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0,"b":[]}""", "x.b: added")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":2}}""", "x.a.b: changed", "x.a.c: removed")]
    [InlineData("""[{"id":"p","w":1},{"id":"q"}]""", """[{"id":"r"},{"id":"p","w":2}]""", "x[r]: added", "x[p].w: changed", "x[q]: removed")]
    [InlineData("""[{"id":"p"},{"id":"q"}]""", """[{"id":"q"},{"id":"p"}]""")]
    [InlineData("""[{"pop":"lon1","idc":"ams","price":1}]""", """[{"pop":"lon1","idc":"ams","price":2}]""", "x[lon1 ams].price: changed")]
    [InlineData("""[{"node":"n1","weight":0.5}]""", "[]", "x[n1]: removed")]
    [InlineData("""["hls","dash"]""", """["dash","hls"]""", "x: changed")]
    [InlineData("""[{"id":"p"},{"id":"p"}]""", """[{"id":"p"}]""", "x: changed")]
    [InlineData("""{"a":null}""", """{"a":[]}""", "x.a: changed")]
    public void A_difference_is_told_by_its_path(string before, string after, params string[] expected) =>
        Assert.Equal(expected, Between(before, after).Select(change => $"{change.Path}: {Kind(change)}"));

    [Fact]
    public void Without_a_document_before_everything_is_one_addition()
    {
        DocumentChange change = Assert.Single(DocumentDiff.Between("x", default, "[1]"u8.ToArray()));
        Assert.Equal(("x", null, "[1]"), (change.Path, change.Before, change.After!.Value.GetRawText()));
    }

    [Fact]
    public void One_edit_of_a_fleet_is_one_change() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        Fleet fleet = FleetSamples.Small;
        int position = new Random(seed).Next(fleet.Nodes.Length);
        Node node = fleet.Nodes[position];
        Fleet edited = fleet with { Nodes = fleet.Nodes.SetItem(position, node with { Capacity = new BitRate(node.Capacity.BitsPerSecond + 1_000) }) };
        DocumentChange change = Assert.Single(DocumentDiff.Between("fleet", FleetJson.Write(fleet), FleetJson.Write(edited)));
        Assert.Equal($"fleet.sites[{node.Site}].nodes[{node.Id}].capacity_bps", change.Path);
        Assert.Equal((node.Capacity.BitsPerSecond, node.Capacity.BitsPerSecond + 1_000), (change.Before!.Value.GetInt64(), change.After!.Value.GetInt64()));
        Assert.Empty(DocumentDiff.Between("fleet", FleetJson.Write(edited), FleetJson.Write(edited)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void What_is_no_JSON_is_refused() => Assert.ThrowsAny<JsonException>(() => Between("{", "{}"));

    private static IEnumerable<DocumentChange> Between(string before, string after) =>
        DocumentDiff.Between("x", Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    private static string Kind(DocumentChange change) => change switch { { Before: null } => "added", { After: null } => "removed", _ => "changed" };
}
