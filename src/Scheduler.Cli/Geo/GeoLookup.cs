using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Geo;
using Spectre.Console;

namespace Scheduler.Cli.Geo;

/// <summary>Prints where addresses are.</summary>
/// <param name="locator">Tells where.</param>
/// <param name="withDefault">Whether addresses of which nothing is known are told the default cell, or none.</param>
internal sealed class GeoLookup(CellLocator locator, bool withDefault)
{
    /// <summary>
    /// Prints one JSON object a line: <c>ip, cell, country, latitude, longitude, place, prefix, by</c>; <c>asn</c> and <c>carrier</c> where
    /// the cell is one carrier's; and <c>sites</c> where an override names them.
    /// </summary>
    /// <returns>False when a text was not an address.</returns>
    public bool PrintJson(IEnumerable<string> addresses, TextWriter output, TextWriter errors)
    {
        bool good = true;
        foreach (string text in addresses)
        {
            if (!TryLocate(text, errors, out Located located, out IpPrefix prefix))
            {
                good = false;
                continue;
            }
            output.WriteLine(Json(text, located, prefix));
        }
        return good;
    }

    /// <summary>Prints a table for people.</summary>
    /// <returns>False when a text was not an address.</returns>
    public bool PrintTable(IEnumerable<string> addresses, IAnsiConsole output, TextWriter errors)
    {
        bool good = true;
        var table = new Table().AddColumns("ip", "cell", "place", "carrier", "country", "latitude", "longitude", "prefix", "by");
        foreach (string text in addresses)
        {
            if (!TryLocate(text, errors, out Located located, out IpPrefix prefix))
            {
                good = false;
                continue;
            }
            string[] cells = CellOf(located) is { } cell
                ? [cell.Id, cell.Place, CarrierOf(cell), cell.Country, Degrees(cell.Location.Latitude), Degrees(cell.Location.Longitude)]
                : ["-", "-", "-", "-", "-", "-"];
            string by = located.SiteList is { } list ? $"{By(located)}: {string.Join(';', locator.SiteLists[list])}" : By(located);
            table.AddRow([.. ((string[])[text, .. cells, prefix.ToString(), by]).Select(Markup.Escape)]);
        }
        if (table.Rows.Count > 0) output.Write(table);
        return good;
    }

    private bool TryLocate(string text, TextWriter errors, out Located located, out IpPrefix prefix)
    {
        (located, prefix) = (default, default);
        if (!IpKey.TryParse(text, out IpKey address))
        {
            errors.WriteLine($"\"{text}\" is not an IP address");
            return false;
        }
        located = locator.Locate(address);
        prefix = IpPrefix.Around(address, located.PrefixLength);
        return true;
    }

    private string Json(string text, Located located, IpPrefix prefix)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ip", text);
            if (CellOf(located) is { } cell)
            {
                json.WriteString("cell", cell.Id);
                json.WriteString("country", cell.Country);
                json.WriteNumber("latitude", Math.Round(cell.Location.Latitude, 4));
                json.WriteNumber("longitude", Math.Round(cell.Location.Longitude, 4));
                json.WriteString("place", cell.Place);
                if (cell.Carrier is { } carrier)
                {
                    json.WriteNumber("asn", carrier.Asn);
                    json.WriteString("carrier", carrier.Name);
                }
            }
            else
            {
                foreach (string name in (ReadOnlySpan<string>)["cell", "country", "latitude", "longitude", "place"]) json.WriteNull(name);
            }
            json.WriteString("prefix", prefix.ToString());
            json.WriteString("by", By(located));
            if (located.SiteList is { } list)
            {
                json.WriteStartArray("sites");
                foreach (string site in locator.SiteLists[list]) json.WriteStringValue(site);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private Cell? CellOf(Located located) =>
        located.By == LocatedBy.Default && !withDefault ? null : locator.Map.Cells[located.Cell];

    private static string CarrierOf(Cell cell) =>
        cell.Carrier is { } carrier ? string.Create(CultureInfo.InvariantCulture, $"AS{carrier.Asn} {carrier.Name}") : "-";

    private static string By(Located located) => located.By.ToString().ToLowerInvariant();

    private static string Degrees(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
