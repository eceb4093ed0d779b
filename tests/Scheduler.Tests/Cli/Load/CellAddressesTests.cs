using System.Text;
using Scheduler.Cli.Geo;
using Scheduler.Cli.Load;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Cli.Load;

public sealed class CellAddressesTests
{
    [Fact]
    public void Viewers_are_drawn_by_population_and_every_address_lies_in_a_cell()
    {
        // The map of the checkout: tests run below it.
        Assert.True(MapFile.TryLoad(MapFile.Find(AppContext.BaseDirectory, AppContext.BaseDirectory), out CellMap? map, out string? reason), reason);
        var addresses = new CellAddresses(map);
        var random = new Random(5);
        var byCountry = new Dictionary<string, int>(StringComparer.Ordinal);
        int v6 = 0;
        const int Draws = 40_000;
        Span<byte> text = stackalloc byte[IViewerAddresses.LongestText];
        for (int i = 0; i < Draws; i++)
        {
            int length = addresses.Draw(random, text);
            Assert.True(IpKey.TryParse(text[..length], out IpKey key), Encoding.ASCII.GetString(text[..length]));
            Assert.True(map.TryLocate(key, out CellMatch match), Encoding.ASCII.GetString(text[..length]));
            if (!key.IsV4) v6++;
            string country = map.Cells[match.Cell].Country;
            byCountry[country] = byCountry.GetValueOrDefault(country) + 1;
        }
        long people = map.Cells.Sum(c => c.Population);
        foreach (string country in (string[])["IN", "CN", "US", "BR", "GB"])
        {
            double expected = map.Cells.Where(c => c.Country == country).Sum(c => (double)c.Population) / people;
            Assert.InRange(byCountry.GetValueOrDefault(country) / (double)Draws, (expected * 0.9) - 0.003, (expected * 1.1) + 0.003);
        }
        Assert.InRange(v6 / (double)Draws, 0.1, 0.26);
    }
}
