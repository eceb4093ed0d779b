using System.Runtime.InteropServices;

namespace Scheduler.Core.Geo;

/// <summary>The distinct places of the databases, with the addresses of each.</summary>
internal sealed class PlaceTable
{
    /// <summary>What an IPv6 network counts, in IPv4 addresses: the size of blocks tells nothing about people there.</summary>
    public const long V6NetworkWeight = 256;

    private readonly Dictionary<CityPlace, int> _indexes = [];
    private readonly List<CityPlace> _places = [default]; // PlaceRun.Nowhere
    private readonly List<long> _weights = [0];

    /// <summary>The places; the first is none.</summary>
    public ReadOnlySpan<CityPlace> Places => CollectionsMarshal.AsSpan(_places);

    /// <summary>Addresses of each place.</summary>
    public ReadOnlySpan<long> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>The index of a place, new or known.</summary>
    public int Intern(CityPlace place)
    {
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexes, place, out bool known);
        if (known) return index;
        index = _places.Count;
        _places.Add(place);
        _weights.Add(0);
        return index;
    }

    /// <summary>Adds a network's addresses to its place.</summary>
    public void Weigh(int place, IpPrefix network) =>
        _weights[place] += place == PlaceRun.Nowhere ? 0 : network.IsV4 ? 1L << (32 - network.Length) : V6NetworkWeight;
}
