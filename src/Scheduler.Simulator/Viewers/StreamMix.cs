using System.Collections.Immutable;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Viewers;

/// <summary>
/// Who watches what. A stream has a home country; seven of ten viewers watch one of their own country, by popularity, the others any.
/// </summary>
internal sealed class StreamMix
{
    private const double HomeShare = 0.7;

    private readonly ZipfTable _world;
    private readonly (ZipfTable Table, int[] Streams)?[] _home;

    /// <summary>Gives every stream a home, in proportion to the countries' demand.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="streams">How many streams.</param>
    /// <param name="exponent">Zipf exponent of their popularity.</param>
    /// <param name="chance">Draws the homes.</param>
    public StreamMix(ImmutableArray<WorldCell> cells, int streams, double exponent, Chance chance)
    {
        _world = new ZipfTable(streams, exponent);
        (string Country, double Mbps)[] countries =
            [.. cells.GroupBy(c => c.Cell.Country).Select(g => (g.Key, g.Sum(c => c.Mbps))).OrderBy(c => c.Key, StringComparer.Ordinal)];
        double total = countries.Sum(c => c.Mbps);
        List<int>[] homes = [.. countries.Select(_ => new List<int>())];
        for (int stream = 0; stream < streams; stream++)
        {
            double left = chance.NextDouble() * total;
            int country = 0;
            while (country < countries.Length - 1 && (left -= countries[country].Mbps) > 0) country++;
            homes[country].Add(stream);
        }
        var countryOf = new string[streams];
        for (int i = 0; i < countries.Length; i++)
            foreach (int stream in homes[i]) countryOf[stream] = countries[i].Country;
        Countries = [.. countryOf];
        var byCountry = new Dictionary<string, (ZipfTable, int[])>();
        for (int i = 0; i < countries.Length; i++)
            if (homes[i].Count > 0) byCountry[countries[i].Country] = (new ZipfTable(homes[i].Count, exponent), [.. homes[i]]);
        _home = [.. cells.Select(c => byCountry.TryGetValue(c.Cell.Country, out var home) ? home : ((ZipfTable, int[])?)null)];
    }

    /// <summary>Country of each stream.</summary>
    public ImmutableArray<string> Countries { get; }

    /// <summary>The stream that a viewer of a cell watches.</summary>
    public int Draw(int cell, Chance chance) =>
        chance.NextDouble() < HomeShare && _home[cell] is { } home ? home.Streams[home.Table.Draw(chance)] : _world.Draw(chance);
}
