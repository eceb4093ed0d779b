using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Topology;

public sealed class FleetTests
{
    [Fact]
    public void Any_order_has_the_same_canonical_order()
    {
        Fleet fleet = FleetGenerator.Generate(40, 200, FleetSamples.GridOfCities(), 7);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            Fleet shuffled = fleet with
            {
                Regions = [.. fleet.Regions.OrderBy(_ => random.Next())],
                Tariffs = [.. fleet.Tariffs.OrderBy(_ => random.Next())],
                Sites = [.. fleet.Sites.OrderBy(_ => random.Next())],
                Nodes = [.. fleet.Nodes.OrderBy(_ => random.Next())],
                Links = [.. fleet.Links.OrderBy(_ => random.Next())],
            };
            Fleet canonical = FleetValidator.Canonical(shuffled);
            return canonical.Regions.SequenceEqual(fleet.Regions) && canonical.Tariffs.SequenceEqual(fleet.Tariffs)
                && canonical.Sites.SequenceEqual(fleet.Sites) && canonical.Nodes.SequenceEqual(fleet.Nodes) && canonical.Links.SequenceEqual(fleet.Links);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sites_are_found_by_id_and_nodes_by_site()
    {
        Fleet fleet = FleetGenerator.Generate(40, 200, FleetSamples.GridOfCities(), 7);
        for (int i = 0; i < fleet.Sites.Length; i++)
        {
            Assert.True(fleet.TryFindSite(fleet.Sites[i].Id, out int index));
            Assert.Equal(i, index);
            Node[] expected = [.. fleet.Nodes.Where(node => node.Site == fleet.Sites[i].Id)];
            Assert.Equal(expected, fleet.Nodes.AsSpan()[fleet.NodesOf(fleet.Sites[i].Id)].ToArray());
        }
        foreach (string missing in (string[])["", "aaa", "mmm", "zzz"])
        {
            Assert.False(fleet.TryFindSite(missing, out _));
            Assert.True(fleet.Nodes.AsSpan()[fleet.NodesOf(missing)].IsEmpty);
        }
    }
}
