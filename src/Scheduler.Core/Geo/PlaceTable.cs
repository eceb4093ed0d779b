using System.Runtime.InteropServices;

namespace Scheduler.Core.Geo;

/// <summary>The distinct places of the databases, with the addresses of each and of each of its carriers.</summary>
internal sealed class PlaceTable
{
    /// <summary>What an IPv6 network counts, in IPv4 addresses: the size of blocks tells nothing about people there.</summary>
    public const long V6NetworkWeight = 256;

    private readonly Dictionary<CityPlace, int> _indexes = [];
    private readonly List<CityPlace> _places = [default]; // PlaceNetwork.Nowhere
    private readonly List<long> _weights = [0];
    private readonly Dictionary<PlaceNetwork, long> _carrierWeights = [];

    /// <summary>The places; the first is none.</summary>
    public ReadOnlySpan<CityPlace> Places => CollectionsMarshal.AsSpan(_places);

    /// <summary>Addresses of each place.</summary>
    public ReadOnlySpan<long> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>Addresses of each carrier in each place.</summary>
    public IReadOnlyDictionary<PlaceNetwork, long> CarrierWeights => _carrierWeights;

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
        _weights[place] += place == PlaceNetwork.Nowhere ? 0 : network.IsV4 ? 1L << (32 - network.Length) : V6NetworkWeight;

    /// <summary>Adds addresses to a carrier in a place; nothing when either is none.</summary>
    public void Weigh(PlaceNetwork network, long addresses)
    {
        if (network.Place == PlaceNetwork.Nowhere || network.Carrier == PlaceNetwork.NoCarrier) return;
        CollectionsMarshal.GetValueRefOrAddDefault(_carrierWeights, network, out _) += addresses;
    }
}
