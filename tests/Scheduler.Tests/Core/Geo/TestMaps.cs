using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Geo;

/// <summary>Small maps for tests, from runs written out.</summary>
internal static class TestMaps
{
    public static readonly DateTimeOffset Made = new(2026, 6, 5, 13, 42, 2, TimeSpan.Zero);

    public static readonly ImmutableArray<Cell> Cells =
    [
        new Cell("DE-52n-013e-0002", "DE", "Berlin", new GeoPoint(52.52, 13.40), 3_400_000, 10),
        new Cell("GB-51n-000e-0001", "GB", "London", new GeoPoint(51.51, -0.13), 8_900_000, 20),
        new Cell("JP-35n-139e-0003", "JP", "Tokyo", new GeoPoint(35.69, 139.69), 30_000_000, 30),
    ];

    /// <summary>81.2.0.0/16 and 2a00:23c0::/26 are London, 91.0.0.0/10 Berlin, 133.0.0.0/8 and 2001:200::/23 Tokyo.</summary>
    public static CellMap Small { get; } = Of(
        [(0, 0), (0x51020000, 2), (0x51030000, 0), (0x5B000000, 1), (0x5B400000, 0), (0x85000000, 3), (0x86000000, 0)],
        [(0, 0), (High(0x20010200), 3), (High(0x20010400), 0), (High(0x2A0023C0), 2), (High(0x2A002400), 0)]);

    public static CellMap Of(IEnumerable<(uint First, int Code)> v4, IEnumerable<(UInt128 First, int Code)> v6, ImmutableArray<Cell>? cells = null)
    {
        var table4 = new Ipv4TableBuilder(0);
        foreach ((uint first, int code) in v4) Assert.True(table4.TryAppend(first, (ushort)code));
        var table6 = new Ipv6TableBuilder((0, 0));
        foreach ((UInt128 first, int code) in v6) Assert.True(table6.TryAppend(first, (ushort)code));
        return new CellMap(cells ?? Cells, table4.Build(), table6.Build(), Made, "a test");
    }

    private static UInt128 High(uint first32) => (UInt128)first32 << 96;
}
