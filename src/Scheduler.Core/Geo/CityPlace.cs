using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>What a city database says of a network.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="City">Name; empty when the database has none.</param>
/// <param name="Location">Where; null when the database has no coordinates.</param>
public readonly record struct CityPlace(string Country, string City, GeoPoint? Location)
{
    /// <summary>
    /// Reads the place from a record, with flat keys (<c>country_code</c>, <c>city</c>, <c>latitude</c>, <c>longitude</c>) or GeoIP2's
    /// (<c>country.iso_code</c>, <c>city.names.en</c>, <c>location.latitude</c>).
    /// </summary>
    /// <param name="record">A decoded record.</param>
    /// <param name="place">The place.</param>
    /// <returns>False when the record names no country.</returns>
    public static bool TryFrom(MmdbValue record, out CityPlace place)
    {
        ArgumentNullException.ThrowIfNull(record);
        place = default;
        if (!TryCountry(record, out string country)) return false;
        string city = "";
        if (record.TryGet("city", out MmdbValue? name))
        {
            if (name.TryGet("names", out MmdbValue? names) && names.TryGet("en", out MmdbValue? english)) name = english;
            if (name.TryGetText(out string? text)) city = text;
        }
        MmdbValue coordinates = record.TryGet("location", out MmdbValue? location) ? location : record;
        GeoPoint? point = null;
        if (coordinates.TryGet("latitude", out MmdbValue? latitude) && latitude.TryGetNumber(out double north)
            && coordinates.TryGet("longitude", out MmdbValue? longitude) && longitude.TryGetNumber(out double east)
            && new GeoPoint(north, east) is { IsValid: true } valid)
            point = valid;
        // "Mexico City (Roma Norte)": the quarter is no part of the name, and its coordinates tell it apart.
        int quarter = city.IndexOf(" (", StringComparison.Ordinal);
        place = new CityPlace(country, quarter > 0 ? city[..quarter] : city, point);
        return true;
    }

    private static bool TryCountry(MmdbValue record, out string country)
    {
        country = "";
        foreach (string key in (ReadOnlySpan<string>)["country_code", "country", "registered_country"])
        {
            if (!record.TryGet(key, out MmdbValue? value)) continue;
            if (value.TryGet("iso_code", out MmdbValue? code)) value = code;
            if (!value.TryGetText(out string? text) || text.Length != 2 || !text.All(char.IsAsciiLetter)) continue;
            country = text.ToUpperInvariant();
            return country != "ZZ"; // reserved for "no country"
        }
        return false;
    }
}
