using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Core.Geo;
using Scheduler.Core.Units;
using Scheduler.Protocol.Fleets;
using Scheduler.Server.Hosting;
using Scheduler.State.Control;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>A map that is put in place while viewers are served.</summary>
public sealed class GeographyReloadTests
{
    [Fact]
    public async Task A_map_that_cannot_be_read_leaves_the_one_before_in_force_until_a_good_one_comes()
    {
        using var scratch = new ScratchDirectory();
        string path = scratch.File("world.cells");
        byte[] good = CellMapCodec.Write(TestMaps.Small, quality: 1);
        await File.WriteAllBytesAsync(path, good);
        var scheduler = new LiveScheduler();
        try
        {
            await ServeAsync(scheduler, path, good);
        }
        finally
        {
            await scheduler.DisposeAsync();
        }
    }

    private static async Task ServeAsync(LiveScheduler scheduler, string path, byte[] good)
    {
        await scheduler.StartAsync(("Scheduler:Geo:Map", path));
        string fleet = Encoding.UTF8.GetString(FleetJson.Write(World.FleetOf(3, 2)));
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/fleet", fleet, ("If-Match", "\"0\""))).Succeeds();
        await LiveScheduler.UntilAsync(() => Task.FromResult(CellOfLondon(scheduler) is not null), "in force");
        var geography = scheduler.Services.GetRequiredService<GeographySource>();

        byte[] flipped = [.. good], newer = [.. good];
        flipped[^1] ^= 1;
        newer[8] = 99;
        foreach ((byte[] bad, string reason) in ((byte[], string)[])
            [(good[..^1], "cut off or altered"), (flipped, "altered"), (newer, "version 99"), ([], "not a cell map")])
        {
            await Replace(path, bad);
            await geography.RefreshAsync(CancellationToken.None);
            string told = scheduler.Log.Lines.Last(line => line.StartsWith("Error Geography", StringComparison.Ordinal));
            Assert.Contains("what was there before stays", told, StringComparison.Ordinal);
            Assert.Contains(reason, told, StringComparison.Ordinal);
            Assert.Equal("GB-51n-000e-0001", CellOfLondon(scheduler));
        }

        CellMap split = TestMaps.Of([(0, 0), (0x51020000, 2), (0x51030000, 0)], [(0, 0)],
            [TestMaps.Cells[0], new Cell("GB-51n-000e-5089", "GB", "London", new GeoPoint(51.51, -0.13), 1, 1) { Carrier = new Carrier(5089, "Virgin Media") }, TestMaps.Cells[2]]);
        await Replace(path, CellMapCodec.Write(split, quality: 1));
        await geography.RefreshAsync(CancellationToken.None);
        await LiveScheduler.UntilAsync(() => Task.FromResult(CellOfLondon(scheduler) == "GB-51n-000e-5089"), "in force");
    }

    private static async Task Replace(string path, byte[] content)
    {
        await File.WriteAllBytesAsync(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string? CellOfLondon(LiveScheduler scheduler)
    {
        if (scheduler.Services.GetRequiredService<SnapshotPublisher>().Current?.Locator is not { } locator) return null;
        Located located = locator.Locate(MmdbReaderTests.Key(LiveScheduler.LondonIp));
        return located.By == LocatedBy.Map ? locator.Map.Cells[located.Cell].Id : null;
    }
}
