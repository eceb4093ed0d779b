using Scheduler.Core.Geo;
using Scheduler.Cli.Geo;

namespace Scheduler.Tests.Core.Geo;

/// <summary>The map that is committed with the project.</summary>
public class WorldMapTests
{
    [Fact]
    public void The_committed_map_is_whole_small_and_covers_the_world()
    {
        string? path = MapFile.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);
        Assert.NotNull(path);
        byte[] file = File.ReadAllBytes(path);
        Assert.InRange(file.Length, 1, 8 * 1024 * 1024);
        Assert.True(CellMapCodec.TryRead(file, out CellMap? map, out string? reason), reason);
        Assert.InRange(map.Cells.Length, 1_500, 4_000);
        Assert.InRange(map.TableBytes, 1, 70_000_000);
        Assert.InRange(map.Cells.Select(c => c.Country).Distinct().Count(), 200, 260);
        Assert.All(map.Cells, c => Assert.Matches(c.Carrier is { Asn: uint asn } ? $"^[A-Z]{{2}}-[0-9]{{2}}[ns]-[0-9]{{3}}[ew](-[0-9a-f]{{4}})?-{asn}$" : "^[A-Z]{2}-[0-9]{2}[ns]-[0-9]{3}[ew]-[0-9a-f]{4}$", c.Id));
        Assert.InRange(map.Cells.Count(c => c.Carrier is not null), 500, 1_000);
        Assert.All(map.Cells.Where(c => c.Carrier is not null), c => Assert.Contains(map.Cells, common => common.Carrier is null && common.Location == c.Location && common.Country == c.Country));
        Assert.Equal("London", CellOf(map, "81.2.69.142").Place);
        Assert.Equal("JP", CellOf(map, "2001:200:0:8803::53").Country);
        Assert.False(map.TryLocate(MmdbReaderTests.Key("192.168.1.1"), out _));
    }

    private static Cell CellOf(CellMap map, string address)
    {
        Assert.True(map.TryLocate(MmdbReaderTests.Key(address), out CellMatch match), address);
        return map.Cells[match.Cell];
    }
}
