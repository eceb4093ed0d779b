namespace Scheduler.Core.Capacity;

/// <summary>
/// The live numbers of one node, 32 bytes, shared by all threads. <see cref="Assigned"/> moves by compare-and-swap at every admission; the
/// rest is written whole by the site's single writer at every report.
/// </summary>
public struct NodeLedger
{
    /// <summary>A <see cref="Ceiling"/> under which nothing fits, ever.</summary>
    public const long NoRoom = long.MinValue / 2;

    /// <summary>Every kbit/s this replica ever assigned to the node: it only grows.</summary>
    public long Assigned;

    /// <summary>Highest value <see cref="Assigned"/> may reach: the escrow, moved to this scale. Nothing is admitted beyond it.</summary>
    public long Ceiling;

    /// <summary>What makes its load out of <see cref="Assigned"/>: <see cref="LoadTerms"/>.</summary>
    private long _terms;

    /// <summary>One over the effective capacity in kbit/s; 1 for a node without any, whose ceiling admits nothing.</summary>
    public double InverseCapacity;

    /// <summary>
    /// The part of its load that does not move with <see cref="Assigned"/>, kbit/s: what was reported, less what had been assigned by then, and what peers assigned since.
    /// </summary>
    public long Offset
    {
        readonly get => LoadTerms.OffsetOf(_terms);
        set => Volatile.Write(ref _terms, LoadTerms.WithOffset(_terms, value));
    }

    /// <summary>Peers that the load takes to have assigned as much as we did, in [0, 255].</summary>
    public readonly int SilentPeers => LoadTerms.SilentPeersOf(_terms);

    /// <summary>The load now, kbit/s: what was reported and what was assigned since. Below 0 for a moment where viewers left.</summary>
    public readonly long LoadKbps => LoadTerms.LoadOf(_terms, Assigned);

    /// <summary>Sets the load's terms, both at once.</summary>
    /// <param name="silentPeers">Peers that are taken to assign as much as we do, in [0, 255].</param>
    /// <param name="offsetKbps">The part that does not move with <see cref="Assigned"/>, kbit/s.</param>
    public void SetTerms(int silentPeers, long offsetKbps) => Volatile.Write(ref _terms, LoadTerms.Of(silentPeers, offsetKbps));
}
