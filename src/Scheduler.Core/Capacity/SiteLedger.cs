namespace Scheduler.Core.Capacity;

/// <summary>The live numbers of one site: the sum of its nodes in the same form as <see cref="NodeLedger"/>.</summary>
public struct SiteLedger
{
    /// <summary>Every kbit/s this replica ever assigned to the site's nodes: it only grows.</summary>
    public long Assigned;

    /// <summary>Value of <see cref="Assigned"/> at which no node has room; a filter, the nodes' own ceilings are what holds.</summary>
    public long Ceiling;

    /// <summary>What makes its load out of <see cref="Assigned"/>: <see cref="LoadTerms"/>.</summary>
    private long _terms;

    /// <summary>One over the site's effective capacity in kbit/s; 1 for a site without any.</summary>
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
