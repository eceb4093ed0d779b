using System.Runtime.CompilerServices;
using Scheduler.Core.Cost;

namespace Scheduler.Core.Capacity;

/// <summary>
/// The counters that change between two snapshots: what was assigned to every node and site since they last reported. Indexes are those of
/// the <see cref="Routing.FleetIndex"/>, which never move while the process lives, so a request that still holds an older snapshot counts
/// in the right place.
/// </summary>
/// <param name="penalty">What load costs.</param>
/// <param name="replicas">Replicas that assign, this one included, in [1, 255]; none of the others is heard before <see cref="SilentPeers"/> says so.</param>
public sealed class LiveLoad(LoadPenalty penalty, int replicas = 1)
{
    /// <summary>Most node indexes there can be. The arrays are allocated whole; pages that are never used never become resident.</summary>
    public const int MaxNodes = 131_072;

    /// <summary>Most site indexes there can be.</summary>
    public const int MaxSites = 8_192;

    /// <summary>
    /// How far a site's price follows the plan's where that is higher, as a share of the difference. At 1 a price would not move at all while load is below the
    /// plan's: what comes short would not draw viewers back, and near equals would share them by room alone. In the simulator anything from 0.5 to 0.7 does as well.
    /// </summary>
    public const float PlanWeight = 0.5f;

    private volatile int _replicas = replicas;
    private volatile int _silentPeers = replicas - 1;
    private volatile PenaltyInForce _penalty = new(penalty);
    private readonly NodeLedger[] _nodes = new NodeLedger[MaxNodes];
    private readonly SiteLedger[] _sites = new SiteLedger[MaxSites];
    private readonly float[] _prices = new float[MaxSites];
    private readonly float[] _planned = new float[MaxSites];
    private readonly SiteBill?[] _bills = new SiteBill?[MaxSites];

    /// <summary>What load costs. Set by the control loop; the price of a site follows with its next change, or by <see cref="Reprice"/>.</summary>
    public LoadPenalty Penalty
    {
        get => _penalty.Value;
        set => _penalty = new PenaltyInForce(value);
    }

    /// <summary>Replicas that may assign, this one included, in [1, 255]: what is shared evenly is divided by it.</summary>
    public int Replicas
    {
        get => _replicas;
        set => _replicas = value;
    }

    /// <summary>
    /// Peers that may assign and do not tell what, in [0, 254]. They are taken to do as we do, so that no replica sends its viewers where all the others send theirs.
    /// A ledger follows with its writer's next look.
    /// </summary>
    public int SilentPeers
    {
        get => _silentPeers;
        set => _silentPeers = value;
    }

    /// <summary>The ledger of a node.</summary>
    public ref NodeLedger Node(int node) => ref _nodes[node];

    /// <summary>The ledger of a site.</summary>
    public ref SiteLedger Site(int site) => ref _sites[site];

    /// <summary>
    /// What one more Mbit/s costs at every site now, ms-equivalents, by index: m(u) of its load and what is billed beyond its commit, and where the plan
    /// asks for more, <see cref="PlanWeight"/> of what is missing on top. Renewed by whoever changes a load or a plan, so that a scan of candidates reads one float each.
    /// </summary>
    public ReadOnlySpan<float> Prices => _prices;

    /// <summary>The load of a node now, kbit/s.</summary>
    public long NodeLoadKbps(int node) => Math.Max(0, _nodes[node].LoadKbps);

    /// <summary>The load of a site now, kbit/s.</summary>
    public long SiteLoadKbps(int site) => Math.Max(0, _sites[site].LoadKbps);

    /// <summary>What a site can carry now, after drains, weights and slow start, kbit/s; 0 before it was first looked at.</summary>
    public long SiteCapacityKbps(int site) => _sites[site].InverseCapacity is > 0 and double inverse ? (long)Math.Round(1 / inverse) : 0;

    /// <summary>Takes escrow of a node for one session. Threads may race: together they never pass the ceiling.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="site">Index of its site.</param>
    /// <param name="kbps">Weight of the session, kbit/s; at least 0.</param>
    /// <returns>False when it does not fit; nothing is taken then.</returns>
    public bool TryTake(int node, int site, long kbps)
    {
        ref NodeLedger ledger = ref _nodes[node];
        long before = Volatile.Read(ref ledger.Assigned);
        while (true)
        {
            if (before + kbps > Volatile.Read(ref ledger.Ceiling)) return false;
            long seen = Interlocked.CompareExchange(ref ledger.Assigned, before + kbps, before);
            if (seen == before) break;
            before = seen;
        }
        AddToSite(site, kbps);
        return true;
    }

    /// <summary>Counts a session that the policy of spilling admits beyond the ceiling.</summary>
    public void TakeBeyond(int node, int site, long kbps)
    {
        Interlocked.Add(ref _nodes[node].Assigned, kbps);
        AddToSite(site, kbps);
    }

    /// <summary>
    /// Renews what the plan asks for a site, and draws its price up to half of that, however little it carries now. So room that the plan keeps for viewers who
    /// have nowhere else to go is dear before it is gone.
    /// </summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="askedMs">The plan's price, ms-equivalents; 0 where there is no plan.</param>
    public void SetPlanned(int site, float askedMs)
    {
        if (Volatile.Read(ref _planned[site]) == askedMs) return;
        Volatile.Write(ref _planned[site], askedMs);
        Reprice(site);
    }

    /// <summary>Renews what load beyond a site's commit costs.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="bill">The bill; null where every Mbit/s costs the same.</param>
    public void SetBill(int site, SiteBill? bill)
    {
        if (Volatile.Read(ref _bills[site]) == bill) return;
        Volatile.Write(ref _bills[site], bill);
        Reprice(site);
    }

    /// <summary>Renews a site's price after its load changed. Two threads at once may leave the older price; the next change mends it.</summary>
    public void Reprice(int site) => _prices[site] = PriceOf(site).TotalMs;

    /// <summary>What one more Mbit/s costs at a site at this moment, term by term: the terms of its entry in <see cref="Prices"/>.</summary>
    /// <param name="site">Index of the site.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // every admission reprices: its terms stay in registers
    public SitePrice PriceOf(int site)
    {
        ref SiteLedger ledger = ref _sites[site];
        double load = Math.Max(0, ledger.LoadKbps);
        double bill = Volatile.Read(ref _bills[site]) is { } billed ? billed.Marginal(load, ledger.InverseCapacity) : 0;
        return new SitePrice(_penalty.Value.Marginal(load * ledger.InverseCapacity), bill, _planned[site]);
    }

    private void AddToSite(int site, long kbps)
    {
        Interlocked.Add(ref _sites[site].Assigned, kbps);
        Reprice(site);
    }

    /// <summary>Four numbers that must be read together: as one reference they are.</summary>
    private sealed record PenaltyInForce(LoadPenalty Value);
}
