using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class AddressSamplerTests
{
    [Fact]
    public void Addresses_are_of_the_cell_they_were_drawn_for_and_cells_come_by_their_people()
    {
        var sampler = new AddressSampler(TestMaps.Small);
        var random = new Random(1);
        int[] drawn = new int[3];
        int v6 = 0;
        for (int i = 0; i < 42_300; i++)
        {
            IpKey address = sampler.Next(random, v6Share: 0.5, out int cell);
            Assert.True(TestMaps.Small.TryLocate(address, out CellMatch match) && match.Cell == cell, address.ToString());
            drawn[cell]++;
            if (!address.IsV4) v6++;
        }
        // One per thousand people, give or take five times the deviation of the draw.
        for (int cell = 0; cell < 3; cell++) Assert.InRange(drawn[cell], (TestMaps.Cells[cell].Population / 1_000) - 520, (TestMaps.Cells[cell].Population / 1_000) + 520);
        Assert.InRange(v6, 19_000, 20_100); // half, but Berlin has no IPv6
    }

    [Fact]
    public void A_map_without_addresses_has_nobody_to_draw() =>
        Assert.Throws<ArgumentException>(() => new AddressSampler(TestMaps.Of([(0, 0)], [(0, 0)])));
}
