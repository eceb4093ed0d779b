using System.Runtime.CompilerServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Chooses nodes of a site: bounded-load rendezvous hashing of the stream (Mirrokni, Thorup, Zadimoghaddam), so that a stream's viewers meet on
/// few nodes without overloading them. Load is in bits, not sessions. Lives on the stack, for one request and one site.
/// </summary>
internal ref struct NodePicker
{
    /// <summary>Nodes of a site whose hashes are kept; a larger site is always chosen from by reading its ledgers.</summary>
    public const int MostHashed = LeastFloat.MostPlaces;

    private static readonly int NoKey = BitConverter.SingleToInt32Bits(LeastFloat.Filler);

    /// <summary>Nodes that are tried by hash before all ledgers are read.</summary>
    private const int MostTries = 4;

    private readonly int _site;
    private readonly Eligibility _standard;
    private readonly double _bound;
    private readonly ReadOnlySpan<float> _keys; // each bears its place; empty for a site that is too large
    private readonly int _least;
    private int _last = -1; // how far the order of the keys was followed
    private int _spread; // nodes that share the stream, until the first was picked; then 1
    private int _tries;

    /// <summary>Hashes the site's nodes; no ledger of a node is read yet.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="standard">Worst standing that is accepted.</param>
    /// <param name="room">Room for <see cref="MostHashed"/> keys; need not be cleared.</param>
    public NodePicker(RoutingSnapshot snapshot, in DispatchRequest request, int site, Eligibility standard, Span<float> room)
    {
        _site = site;
        _standard = standard;
        int start = snapshot.SiteStart[site], count = snapshot.SiteStart[site + 1] - start;
        bool hashed = count <= MostHashed;
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        double utilisation = (ledger.LoadKbps + request.Kbps) * ledger.InverseCapacity;
        _bound = Math.Max(snapshot.Policy.BoundFloor, (1 + snapshot.Policy.BoundEpsilon) * utilisation);
        _spread = hashed ? Math.Min(snapshot.Streams.Hot.NodesFor(site, request.Stream), count) : 1;
        int padded = LeastFloat.Padded(hashed ? count : 0);
        _least = RendezvousHash.Keys(
            RendezvousHash.Fold(request.Stream), snapshot.NodeSeeds.AsSpan(start, padded), snapshot.NodeInverseWeights.AsSpan(start, padded), count, room);
        _keys = room[..padded];
    }

    /// <summary>Utilisation up to which the site's nodes take a stream by hash.</summary>
    public readonly double Bound => _bound;

    /// <summary>Nodes that share the stream: 1 but for a hot one, before the first was picked.</summary>
    public readonly int Spread => _spread;

    /// <summary>
    /// The node with the best hash among those with room whose utilisation stays within the bound; when all are beyond it, the least utilised.
    /// </summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="named">Nodes already named are passed over.</param>
    /// <param name="node">Index of the node; meaningless when none was found.</param>
    /// <returns>False when no node of the site may be named and has room.</returns>
    public bool TryPick(RoutingSnapshot snapshot, in DispatchRequest request, scoped in Decision named, out int node)
    {
        if (_spread > 1 && TryPickHot(snapshot, in request, in named, out node)) return true;
        // Most often the first by hash will do: then one ledger is read instead of all.
        for (; _tries < MostTries && TryNext(snapshot, out NodeSlot slot); _tries++)
        {
            node = slot.Node;
            if (Allows(snapshot, in request, in named, slot) && Judge(snapshot.Load, node, request.Kbps, out double ratio) && ratio <= _bound) return true;
        }
        return TryPickByLedger(snapshot, in request, in named, out node);
    }

    /// <summary>
    /// Of a hot stream: the better of two among the first few nodes by hash. The two are the viewer's own, so that viewers spread, and the better of two
    /// keeps any from filling before the others (Mitzenmacher).
    /// </summary>
    [SkipLocalsInit] // what is kept of the few is written before it is read
    private bool TryPickHot(RoutingSnapshot snapshot, in DispatchRequest request, scoped in Decision named, out int node)
    {
        Span<int> nodes = stackalloc int[HotStreams.MostNodes];
        Span<double> ratios = stackalloc double[HotStreams.MostNodes];
        int count = 0;
        for (; _spread > 0 && TryNext(snapshot, out NodeSlot candidate); _spread--)
        {
            if (!Allows(snapshot, in request, in named, candidate) || !Judge(snapshot.Load, candidate.Node, request.Kbps, out ratios[count])) continue;
            nodes[count++] = candidate.Node;
        }
        (_spread, _last) = (1, -1); // those that were not picked are the next to be
        node = 0;
        if (count == 0) return false;
        int first = (int)(request.Viewer % (uint)count);
        int second = count == 1 ? first : (first + 1 + (int)(request.Viewer / (uint)count % (uint)(count - 1))) % count;
        node = nodes[ratios[second] < ratios[first] ? second : first];
        return true;
    }

    /// <summary>The next node in the order of the keys.</summary>
    private bool TryNext(RoutingSnapshot snapshot, out NodeSlot slot)
    {
        slot = default;
        int next = _last < 0 ? _least : LeastFloat.LeastAbove(_keys, _last);
        if (next >= NoKey) return false;
        _last = next;
        slot = snapshot.SiteNodes[snapshot.SiteStart[_site] + LeastFloat.PlaceOf(next)];
        return true;
    }

    /// <summary>Reads every ledger of the site: what the hash prefers is full or beyond the bound.</summary>
    private readonly bool TryPickByLedger(RoutingSnapshot snapshot, in DispatchRequest request, scoped in Decision named, out int node)
    {
        float bestKey = float.MaxValue;
        double leastRatio = double.MaxValue;
        bool within = false, found = false;
        node = 0;
        for (int i = snapshot.SiteStart[_site]; i < snapshot.SiteStart[_site + 1]; i++)
        {
            NodeSlot slot = snapshot.SiteNodes[i];
            if (!Allows(snapshot, in request, in named, slot) || !Judge(snapshot.Load, slot.Node, request.Kbps, out double ratio)) continue;
            if (ratio <= _bound)
            {
                float key = RendezvousHash.Key(RendezvousHash.Fold(request.Stream), snapshot.NodeSeeds[i], snapshot.NodeInverseWeights[i]);
                if (within && key >= bestKey) continue;
                bestKey = key;
                within = true;
            }
            else
            {
                if (within || (found && ratio >= leastRatio)) continue;
                leastRatio = ratio;
            }
            node = slot.Node;
            found = true;
        }
        return found;
    }

    private readonly bool Allows(RoutingSnapshot snapshot, in DispatchRequest request, scoped in Decision named, NodeSlot slot) =>
        slot.Route.Serves(request.Role, request.Protocols, _standard) && !named.Names(slot.Node)
        && (request.Exclude.IsEmpty || !request.Exclude.Contains(slot.Node))
        && (request.Families == AddressFamilies.None || snapshot.Fleet.Addresses.Has(slot.Node, request.Families));

    /// <summary>Whether a session fits a node, and how utilised the node would be with it.</summary>
    internal static bool Judge(LiveLoad load, int node, long kbps, out double ratio)
    {
        ref NodeLedger ledger = ref load.Node(node);
        ratio = (ledger.LoadKbps + kbps) * ledger.InverseCapacity;
        return ledger.Assigned + kbps <= ledger.Ceiling;
    }
}
