using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>Reads a list of cities: CSV with the header <c>name,country,latitude,longitude,population</c>, no quoting.</summary>
public static class CityList
{
    /// <summary>First line of the file.</summary>
    public const string Header = "name,country,latitude,longitude,population";

    /// <summary>Reads the whole list, or tells every line that is wrong.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problems">One per bad line; empty when the list is good.</param>
    /// <returns>The cities of the good lines, in their order.</returns>
    public static ImmutableArray<City> Parse(string text, out ImmutableArray<LineProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cities = ImmutableArray.CreateBuilder<City>();
        var bad = ImmutableArray.CreateBuilder<LineProblem>();
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (++number == 1)
            {
                if (!line.SequenceEqual(Header)) bad.Add(new LineProblem(1, $"the header is not \"{Header}\""));
                continue;
            }
            if (line.IsEmpty) continue;
            if (ParseLine(line) is { } city) cities.Add(city);
            else bad.Add(new LineProblem(number, "not a name, a two-letter country, a latitude, a longitude and a population"));
        }
        problems = bad.ToImmutable();
        return cities.ToImmutable();
    }

    private static City? ParseLine(ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[6];
        if (line.Split(fields, ',') != 5) return null;
        ReadOnlySpan<char> name = line[fields[0]], country = line[fields[1]];
        bool good = name.Length > 0 && country.Length == 2 && char.IsAsciiLetterUpper(country[0]) && char.IsAsciiLetterUpper(country[1]);
        good &= double.TryParse(line[fields[2]], NumberStyles.Float, CultureInfo.InvariantCulture, out double latitude);
        good &= double.TryParse(line[fields[3]], NumberStyles.Float, CultureInfo.InvariantCulture, out double longitude);
        good &= long.TryParse(line[fields[4]], NumberStyles.None, CultureInfo.InvariantCulture, out long population);
        var location = new GeoPoint(latitude, longitude);
        return good && location.IsValid ? new City(name.ToString(), country.ToString(), location, population) : null;
    }
}
