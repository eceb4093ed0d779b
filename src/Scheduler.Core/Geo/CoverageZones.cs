using System.Text;
using System.Text.Json;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>
/// Reads overrides from a coverage-zone file of Apache Traffic Control: zones by name, each with its <c>network</c> and <c>network6</c>
/// blocks and its <c>coordinates</c>. A zone named after a site is sent to that site; any other to the cell nearest to its coordinates.
/// Unknown members are ignored.
/// </summary>
public static class CoverageZones
{
    /// <summary>Reads a file, and tells everything that is wrong. The line of a problem is that of its zone or block.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="map">The map whose cells are nearest.</param>
    /// <param name="sites">Ids of all sites; null when they are not known, and a zone without coordinates is taken for a site.</param>
    public static OverrideFile Parse(ReadOnlySpan<byte> utf8, CellMap map, IReadOnlySet<string>? sites)
    {
        ArgumentNullException.ThrowIfNull(map);
        var list = new OverrideList(map, sites);
        try
        {
            var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            var reader = new Utf8JsonReader(utf8, options);
            if (!ParseRoot(ref reader, utf8, map, sites, list)) list.Refuse(1, "there is no \"coverageZones\" object");
        }
        catch (JsonException e)
        {
            list.Refuse((int)(e.LineNumber ?? 0) + 1, "not JSON from here on");
        }
        catch (InvalidOperationException)
        {
            list.Refuse(1, "a text is not UTF-8"); // how the reader refuses broken UTF-8 inside a string
        }
        return list.ToFile();
    }

    private static bool ParseRoot(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, CellMap map, IReadOnlySet<string>? sites, OverrideList list)
    {
        bool found = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool zones = reader.ValueTextEquals("coverageZones"u8);
            reader.Read();
            if (!zones || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            found = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                int line = LineOf(reader.TokenStartIndex, utf8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) ParseZone(ref reader, utf8, name, line, map, sites, list);
                else
                {
                    list.Refuse(line, $"zone \"{name}\" is not an object");
                    reader.Skip();
                }
            }
        }
        while (reader.Read()) { } // anything behind the object is a fault of the JSON
        return found;
    }

    private static void ParseZone(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string name, int line,
        CellMap map, IReadOnlySet<string>? sites, OverrideList list)
    {
        var networks = new List<(int Line, byte[] Text)>();
        GeoPoint? coordinates = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool blocks = reader.ValueTextEquals("network"u8) || reader.ValueTextEquals("network6"u8);
            bool place = reader.ValueTextEquals("coordinates"u8);
            int memberLine = LineOf(reader.TokenStartIndex, utf8);
            reader.Read();
            if (blocks && reader.TokenType == JsonTokenType.StartArray) ReadNetworks(ref reader, utf8, networks, list);
            else if (place && reader.TokenType == JsonTokenType.StartObject)
            {
                coordinates = ReadCoordinates(ref reader);
                if (coordinates is null) list.Refuse(memberLine, $"the coordinates of zone \"{name}\" are not a latitude and a longitude");
            }
            else
            {
                if (blocks) list.Refuse(memberLine, $"the blocks of zone \"{name}\" are not an array");
                reader.Skip();
            }
        }
        if (TargetOf(name, coordinates, map, sites, list) is not { } target)
        {
            list.Refuse(line, $"zone \"{name}\" is no site and has no coordinates");
            return;
        }
        foreach ((int at, byte[] text) in networks) list.Add(at, text, target);
    }

    private static OverrideTarget? TargetOf(string name, GeoPoint? coordinates, CellMap map, IReadOnlySet<string>? sites, OverrideList list)
    {
        bool isSite = sites is null ? coordinates is null && list.IsSite(name) : list.IsSite(name);
        if (isSite) return new OverrideTarget.ToSites([name]);
        return coordinates is { } point && map.TryFindNearest(point, out int cell) ? new OverrideTarget.ToCell(map.Cells[cell].Id) : null;
    }

    private static void ReadNetworks(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, List<(int Line, byte[] Text)> networks, OverrideList list)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int line = LineOf(reader.TokenStartIndex, utf8);
            if (reader.TokenType == JsonTokenType.String) networks.Add((line, Encoding.UTF8.GetBytes(reader.GetString()!)));
            else
            {
                list.Refuse(line, "a block is not a text");
                reader.Skip();
            }
        }
    }

    private static GeoPoint? ReadCoordinates(ref Utf8JsonReader reader)
    {
        double? latitude = null, longitude = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool north = reader.ValueTextEquals("latitude"u8), east = reader.ValueTextEquals("longitude"u8);
            reader.Read();
            double? number = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) ? value : null;
            if (north) latitude = number;
            if (east) longitude = number;
            reader.Skip();
        }
        return latitude is { } y && longitude is { } x && new GeoPoint(y, x) is { IsValid: true } point ? point : null;
    }

    private static int LineOf(long offset, ReadOnlySpan<byte> utf8) => 1 + utf8[..(int)offset].Count((byte)'\n');
}
