using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Protocol.Fleets;

public sealed class FleetRoundTripTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Specimens_are_valid() => Prop.ForAll(Seeds, seed => FleetValidator.Validate(FleetSpecimen.Make(seed)).IsEmpty).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_as_YAML_reads_back() => Prop.ForAll(Seeds, seed =>
    {
        Fleet fleet = FleetSpecimen.Make(seed);
        return Same(fleet, FleetYaml.Read(FleetYaml.Write(fleet)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_as_JSON_reads_back() => Prop.ForAll(Seeds, seed =>
    {
        Fleet fleet = FleetSpecimen.Make(seed);
        return Same(fleet, FleetJson.Read(FleetJson.Write(fleet)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void JSON_read_as_YAML_is_the_same_fleet() => Prop.ForAll(Seeds, seed =>
    {
        // Our JSON keeps to one line and quotes every text, so it is YAML as well.
        Fleet fleet = FleetSpecimen.Make(seed);
        return Same(fleet, FleetYaml.Read(Encoding.UTF8.GetString(FleetJson.Write(fleet))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_empty_fleet_reads_back()
    {
        Assert.True(Same(Fleet.Empty, FleetYaml.Read(FleetYaml.Write(Fleet.Empty))));
        Assert.True(Same(Fleet.Empty, FleetJson.Read(FleetJson.Write(Fleet.Empty))));
    }

    private static bool Same(Fleet fleet, DocumentReadResult<Fleet> result) =>
        result.IsValid && FleetSpecimen.Flatten(result.Value) == FleetSpecimen.Flatten(fleet);
}
