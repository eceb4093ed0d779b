using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>Overrides read from a file, with everything that is wrong in it.</summary>
/// <param name="Overrides">In the file's order; usable only when there are no problems.</param>
/// <param name="Problems">All of them, ascending by line.</param>
public sealed record OverrideFile(ImmutableArray<PrefixOverride> Overrides, ImmutableArray<LineProblem> Problems)
{
    /// <summary>Reads either form: coverage-zone JSON when the first character is <c>{</c>, else CSV.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="map">The map whose cells may be named.</param>
    /// <param name="sites">Ids of all sites; null when they are not known, and any well-formed id is taken.</param>
    public static OverrideFile Parse(ReadOnlySpan<byte> utf8, CellMap map, IReadOnlySet<string>? sites)
    {
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        if (utf8.StartsWith(bom)) utf8 = utf8[bom.Length..];
        return utf8.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? CoverageZones.Parse(utf8, map, sites) : CsvOverrides.Parse(utf8, map, sites);
    }
}
