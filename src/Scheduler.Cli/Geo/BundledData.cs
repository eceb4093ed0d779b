using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;

namespace Scheduler.Cli.Geo;

/// <summary>The data that comes with the program, in <c>geo-data</c> above the working directory or the program.</summary>
internal static class BundledData
{
    private const string CitiesName = "cities.csv";

    /// <summary>The bundled map.</summary>
    /// <exception cref="FileNotFoundException">It is not there, or cannot be read.</exception>
    public static CellMap ReadMap() =>
        MapFile.TryLoad(null, out CellMap? map, out string? reason) ? map : throw new FileNotFoundException(reason);

    /// <summary>The bundled cities, by falling population.</summary>
    /// <exception cref="FileNotFoundException">They are not there.</exception>
    public static ImmutableArray<City> ReadCities()
    {
        string map = MapFile.Find(Environment.CurrentDirectory, AppContext.BaseDirectory) ?? throw new FileNotFoundException("geo-data is not there");
        string path = Path.Combine(Path.GetDirectoryName(map)!, CitiesName);
        ImmutableArray<City> cities = CityList.Parse(File.ReadAllText(path), out ImmutableArray<LineProblem> problems);
        if (!problems.IsEmpty) throw new InvalidDataException($"{path}:{problems[0].Line}: {problems[0].Reason}");
        return [.. cities.OrderByDescending(city => city.Population)];
    }
}
