using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// A node's side of escrow: with each report it leases its capacity to the replicas, and it remembers what it has leased until nobody can be using
/// it any more. As the node is the only one who leases, and counts every lease as if it had been heard, it does not matter which replica hears which report.
/// </summary>
/// <remarks>
/// <para>
/// The promise: with <c>owed_r = max(u_r, every lease of r that may be in use)</c>, the load of r, on the node or on the way to it, is never over
/// owed_r, and a lease is made only as long as <c>sum of owed ≤ usable(C)</c>. A lease may be in use until its term, the time a report is on its way and the time
/// from assignment to first byte are over. Proof and price: docs/decisions/0006-escrow-across-replicas.md.
/// </para>
/// <para>
/// Where the leases aim: <c>u_r + w_r free</c>, <c>w_r = 0.2 / R + 0.8 u_r / sum of u</c>. Whoever has viewers here gets more of what is free, and
/// whoever has none still some. Not thread-safe: one node, one loop.
/// </para>
/// </remarks>
public sealed class GrantLedger
{
    /// <summary>How long a replica may go on with what it was granted when it hears no further report, ms.</summary>
    public const int HeldMs = 60_000;

    /// <summary>Time for a replica to notice that a term is over, ms: several of its ticks.</summary>
    private const int NoticeMs = 1_000;

    /// <summary>Share of what is free that is dealt out evenly; the rest by load.</summary>
    private const double EvenShare = 0.2;

    /// <summary>
    /// Share of the way to its aim by which a limit falls with a report. Leases that fall are lost to everybody until they have run out; so nothing is taken back for a
    /// departure that the replica's own next viewer makes up for.
    /// </summary>
    private const double FallShare = 0.25;

    /// <summary>Share of its slack that a replica keeps when it hears no further report: what it must not lose, others cannot get.</summary>
    private const double HeldShare = 0.5;

    private readonly Dictionary<int, LeaseBook> _books = [];
    private readonly long? _unknownUntilMs;

    /// <summary>An empty ledger.</summary>
    /// <param name="startedMs">
    /// When the node's process started, if another one may have leased before it, on the clock of <see cref="Grant"/>: until the last of those leases must have run out,
    /// nothing is leased. Null for a node that is new.
    /// </param>
    public GrantLedger(long? startedMs) => _unknownUntilMs = startedMs + UnderwayMs(HeldMs);

    /// <summary>How long a limit holds, ms: long enough that one lost report does no harm.</summary>
    /// <param name="intervalMs">Time between two reports, ms.</param>
    public static int LimitMs(int intervalMs) => Math.Max(3_000, (2 * intervalMs) + 1_000);

    /// <summary>Makes the leases of a report.</summary>
    /// <param name="nowMs">When the report is measured, monotonic ms; not before the last call's.</param>
    /// <param name="capacityKbps">What the node can carry, with every limit that it reports.</param>
    /// <param name="egressKbps">What it sends, ours or not.</param>
    /// <param name="loads">Load by replica: all replicas that assign, and those that have load here. Each once.</param>
    /// <param name="intervalMs">Time between two reports, ms.</param>
    /// <returns>The same loads, each with its grant.</returns>
    public ImmutableArray<ReplicaLoad> Grant(long nowMs, long capacityKbps, long egressKbps, ReadOnlySpan<ReplicaLoad> loads, int intervalMs)
    {
        var granted = new ReplicaLoad[loads.Length];
        long sum = 0;
        foreach (LeaseBook book in _books.Values) book.LoadKbps = 0;
        foreach (ReplicaLoad load in loads)
        {
            sum += load.EgressKbps;
            BookOf(load.Replica).LoadKbps = load.EgressKbps;
        }
        long usable = Math.Max(0, Escrow.Usable(capacityKbps) - Math.Max(0, egressKbps - sum));
        long free = nowMs < _unknownUntilMs ? 0 : Math.Max(0, usable - sum);
        long room = Math.Max(0, usable - Settle(nowMs));

        long wanted = 0, kept = 0;
        foreach (ReplicaLoad load in loads)
        {
            LeaseBook book = _books[load.Replica];
            long aim = AimOf(load.EgressKbps, sum, free, loads.Length);
            wanted += Math.Max(0, aim - book.OwedKbps);
            kept += Kept(book, aim);
        }
        double part = wanted > 0 ? Math.Min(1, room / (double)wanted) : 0;
        for (int i = 0; i < loads.Length; i++)
        {
            LeaseBook book = _books[loads[i].Replica];
            long aim = AimOf(loads[i].EgressKbps, sum, free, loads.Length);
            // After a cut even what was leased is too much: then all fall to their aims at once.
            long limit = kept <= usable && nowMs >= (_unknownUntilMs ?? nowMs) ? Kept(book, aim) : Math.Min(aim, book.OwedKbps);
            if (aim > book.OwedKbps) limit = book.OwedKbps + (long)(part * (aim - book.OwedKbps));
            granted[i] = loads[i] with { Grant = Lease(book, nowMs, limit, intervalMs) };
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(granted);
    }

    private static long AimOf(long load, long sum, long free, int replicas) =>
        load + (long)(free * (sum > 0 ? (EvenShare / replicas) + ((1 - EvenShare) * load / sum) : 1.0 / replicas));

    /// <summary>What a replica may have of what is owed to it already: nobody must give for it.</summary>
    private static long Kept(LeaseBook book, long aim) =>
        Math.Min(book.OwedKbps, Math.Max(aim, book.LimitKbps - (long)(FallShare * (book.LimitKbps - aim))));

    /// <summary>When the last viewer who was admitted under a lease has arrived, ms after it was made.</summary>
    private static long UnderwayMs(int termMs) => termMs + Escrow.UnseenMs + NoticeMs;

    private static EscrowGrant Lease(LeaseBook book, long nowMs, long limit, int intervalMs)
    {
        long held = book.LoadKbps + (long)(HeldShare * (limit - book.LoadKbps));
        int limitMs = LimitMs(intervalMs), heldMs = Math.Max(HeldMs, limitMs);
        book.Add(limit, nowMs + UnderwayMs(limitMs));
        book.Add(held, nowMs + UnderwayMs(heldMs));
        book.LimitKbps = limit;
        return new EscrowGrant(limit, limitMs, held, heldMs);
    }

    private LeaseBook BookOf(int replica)
    {
        if (!_books.TryGetValue(replica, out LeaseBook? book)) _books[replica] = book = new LeaseBook();
        return book;
    }

    /// <summary>Lets leases run out and gives the sum of what is owed.</summary>
    private long Settle(long nowMs)
    {
        long owed = 0;
        foreach ((int replica, LeaseBook book) in _books)
        {
            book.Settle(nowMs);
            owed += book.OwedKbps;
            if (book.IsEmpty) book.LimitKbps = 0;
        }
        return owed;
    }
}
