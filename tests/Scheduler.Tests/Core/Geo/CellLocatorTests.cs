using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class CellLocatorTests
{
    private const int Berlin = 0, London = 1, Tokyo = 2;

    [Fact]
    public void An_address_of_which_nothing_is_known_gets_the_default_cell()
    {
        CellLocator locator = Create("GB-51n-000e-0001");
        foreach (string address in (string[])["10.0.0.1", "127.0.0.1", "169.254.1.1", "::1", "fe80::1", "fc00::1", "9.9.9.9"])
        {
            Located located = locator.Locate(MmdbReaderTests.Key(address));
            Assert.Equal((London, LocatedBy.Default), (located.Cell, located.By));
        }
    }

    [Fact]
    public void Without_a_choice_the_default_is_the_cell_with_most_people() => Assert.Equal("Tokyo", Create(null).DefaultCell.Place);

    [Fact]
    public void A_known_address_is_told_by_the_map() =>
        Assert.Equal(new Located(London, 16, LocatedBy.Map, null), Create(null).Locate(MmdbReaderTests.Key("81.2.69.142")));

    [Fact]
    public void The_longest_override_holds()
    {
        CellLocator locator = Create(null, Cell("81.2.0.0/16", Berlin), Sites("81.2.69.0/24", "lon1", "ams"), Cell("81.2.69.128/25", Tokyo));
        Assert.Equal(new Located(Berlin, 18, LocatedBy.Override, null), locator.Locate(MmdbReaderTests.Key("81.2.1.1")));
        Assert.Equal(new Located(London, 25, LocatedBy.Override, 0), locator.Locate(MmdbReaderTests.Key("81.2.69.1")));
        Assert.Equal(new Located(Tokyo, 25, LocatedBy.Override, null), locator.Locate(MmdbReaderTests.Key("81.2.69.142")));
        Assert.Equal(["lon1", "ams"], Assert.Single(locator.SiteLists).ToArray());
    }

    [Fact]
    public void An_override_narrows_the_prefix_of_the_addresses_around_it()
    {
        CellLocator locator = Create(null, Cell("133.0.0.0/24", Berlin));
        Assert.Equal(new Located(Tokyo, 24, LocatedBy.Map, null), locator.Locate(MmdbReaderTests.Key("133.0.1.1")));
        Assert.Equal(new Located(Tokyo, 9, LocatedBy.Map, null), locator.Locate(MmdbReaderTests.Key("133.200.1.1")));
    }

    [Fact]
    public void Overrides_hold_for_their_family_only()
    {
        CellLocator locator = Create(null, Cell("::/0", Berlin));
        Assert.Equal(Berlin, locator.Locate(MmdbReaderTests.Key("2001:200::1")).Cell);
        Assert.Equal(London, locator.Locate(MmdbReaderTests.Key("81.2.69.142")).Cell);
    }

    [Fact]
    public void Equal_site_lists_are_one() =>
        Assert.Single(Create(null, Sites("10.0.0.0/8", "lon1", "ams"), Sites("11.0.0.0/8", "lon1", "ams")).SiteLists);

    [Fact]
    public void All_cells_that_the_map_lacks_are_named()
    {
        PrefixOverride[] overrides = [new(IpPrefixTests.Parse("10.0.0.0/8"), new OverrideTarget.ToCell("XX-1")), new(IpPrefixTests.Parse("11.0.0.0/8"), new OverrideTarget.ToCell("XX-2"))];
        Assert.False(CellLocator.TryCreate(TestMaps.Small, "XX-0", overrides, out _, out var problems));
        Assert.Equal(3, problems.Length);
    }

    [Fact]
    public void Overrides_equal_a_linear_scan_for_the_longest_match() => Prop
        .ForAll<int>(seed =>
        {
            var random = new Random(seed);
            PrefixOverride[] overrides = [.. Enumerable.Range(0, random.Next(1, 25)).Select(_ => RandomPrefix(random)).Distinct().Select(p => Cell(p.ToString(), random.Next(3)))];
            CellLocator locator = Create(null, overrides);
            for (int i = 0; i < 200; i++)
            {
                IpKey near = overrides[random.Next(overrides.Length)].Prefix.Network;
                IpKey address = near.IsV4 ? IpKey.FromV4(near.V4 ^ (uint)random.Next(1 << random.Next(1, 31))) : new IpKey(near.Value ^ ((UInt128)(uint)random.Next() << random.Next(97)));
                Located located = locator.Locate(address);
                if (!Same(overrides, address, located)) return false;
                // Every address of the told block must have the same answer.
                var block = IpPrefix.Around(address, located.PrefixLength);
                if (locator.Locate(block.Network) != located || locator.Locate(block.Last) != located) return false;
                if (overrides.Any(o => o.Prefix.Length > block.Length && block.Contains(o.Prefix.Network) && !Same(overrides, o.Prefix.Network, located))) return false;
            }
            return true;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Locating_allocates_nothing()
    {
        CellLocator locator = Create(null, Sites("81.2.69.0/24", "lon1"), Cell("2001:200::/32", Berlin));
        IpKey v4 = MmdbReaderTests.Key("81.2.69.142"), v6 = MmdbReaderTests.Key("2001:200::1");
        locator.Locate(v4);
        locator.Locate(v6);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                locator.Locate(v4);
                locator.Locate(v6);
            }
        }));
    }

    private static bool Same(PrefixOverride[] overrides, IpKey address, Located located)
    {
        PrefixOverride? longest = overrides.Where(o => o.Prefix.Contains(address)).MaxBy(o => o.Prefix.Length);
        if (longest is null) return located.By != LocatedBy.Override;
        return located.By == LocatedBy.Override && longest.Target == new OverrideTarget.ToCell(TestMaps.Cells[located.Cell].Id);
    }

    private static IpPrefix RandomPrefix(Random random) => random.Next(2) == 0
        ? IpPrefix.Around(IpKey.FromV4(0x51020000u ^ (uint)random.Next(1 << random.Next(1, 31))), random.Next(33))
        : IpPrefix.Around(new IpKey(0x2001_0200_0000_0000UL ^ (ulong)random.NextInt64(1L << random.Next(1, 62)), (ulong)random.NextInt64()), random.Next(129));

    private static CellLocator Create(string? defaultCell, params PrefixOverride[] overrides)
    {
        Assert.True(CellLocator.TryCreate(TestMaps.Small, defaultCell, overrides, out CellLocator? locator, out _));
        return locator;
    }

    private static PrefixOverride Cell(string prefix, int cell) => new(IpPrefixTests.Parse(prefix), new OverrideTarget.ToCell(TestMaps.Cells[cell].Id));

    private static PrefixOverride Sites(string prefix, params string[] sites) => new(IpPrefixTests.Parse(prefix), new OverrideTarget.ToSites([.. sites]));
}
