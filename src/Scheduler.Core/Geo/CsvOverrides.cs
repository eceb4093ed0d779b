using System.Collections.Immutable;
using System.Text;

namespace Scheduler.Core.Geo;

/// <summary>
/// Reads overrides from CSV: <c>prefix,cell</c> or <c>prefix,site1;site2</c> a line, sites in order of preference. From <c>#</c> to the end
/// of the line is a comment; empty lines are skipped.
/// </summary>
public static class CsvOverrides
{
    /// <summary>Reads a file, and tells every line that is wrong.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="map">The map whose cells may be named.</param>
    /// <param name="sites">Ids of all sites; null when they are not known, and any well-formed id is taken.</param>
    public static OverrideFile Parse(ReadOnlySpan<byte> utf8, CellMap map, IReadOnlySet<string>? sites)
    {
        ArgumentNullException.ThrowIfNull(map);
        var list = new OverrideList(map, sites);
        int number = 0;
        while (!utf8.IsEmpty)
        {
            int end = utf8.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? utf8 : utf8[..end];
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            int comment = line.IndexOf((byte)'#');
            line = Trim(comment < 0 ? line : line[..comment]);
            number++;
            if (!line.IsEmpty) ParseLine(line, number, list);
        }
        return list.ToFile();
    }

    private static void ParseLine(ReadOnlySpan<byte> line, int number, OverrideList list)
    {
        int comma = line.IndexOf((byte)',');
        if (comma < 0)
        {
            list.Refuse(number, "not of the form \"prefix,cell\" or \"prefix,site1;site2\"");
            return;
        }
        if (Target(Trim(line[(comma + 1)..]), number, list) is { } target) list.Add(number, Trim(line[..comma]), target);
    }

    private static OverrideTarget? Target(ReadOnlySpan<byte> text, int number, OverrideList list)
    {
        string whole = Encoding.UTF8.GetString(text);
        if (list.IsCell(whole)) return new OverrideTarget.ToCell(whole);
        string[] ids = whole.Split(';', StringSplitOptions.TrimEntries);
        bool good = true;
        foreach (string id in ids)
        {
            if (list.IsSite(id)) continue;
            list.Refuse(number, $"\"{OverrideList.Quote(Encoding.UTF8.GetBytes(id))}\" is neither a cell of the map nor a site");
            good = false;
        }
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Length)
        {
            list.Refuse(number, "a site is named twice");
            good = false;
        }
        return good ? new OverrideTarget.ToSites([.. ids]) : null;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r"u8);
}
