namespace Scheduler.Core.Capacity;

/// <summary>
/// What makes a load out of what was assigned: <c>load = (1 + silent peers) x Assigned + offset</c>, as one word, since both change while others read: who took
/// a new factor with an old offset would be wrong by all that was ever assigned.
/// </summary>
internal static class LoadTerms
{
    private const int PeerBits = 8;
    private const long PeerMask = (1 << PeerBits) - 1;

    /// <summary>The word.</summary>
    /// <param name="silentPeers">Peers that are taken to do as we do, in [0, 255].</param>
    /// <param name="offsetKbps">Offset, kbit/s; below 2^55 either way, which no fleet assigns in a thousand years.</param>
    public static long Of(int silentPeers, long offsetKbps) => (offsetKbps << PeerBits) | (uint)silentPeers;

    /// <summary>The offset, kbit/s.</summary>
    public static long OffsetOf(long terms) => terms >> PeerBits;

    /// <summary>The load, kbit/s; may be below 0 by what departed meanwhile.</summary>
    public static long LoadOf(long terms, long assigned) => ((1 + (terms & PeerMask)) * assigned) + (terms >> PeerBits);

    /// <summary>The word with another offset.</summary>
    public static long WithOffset(long terms, long offsetKbps) => Of((int)(terms & PeerMask), offsetKbps);

    /// <summary>Peers that are taken to do as we do.</summary>
    public static int SilentPeersOf(long terms) => (int)(terms & PeerMask);
}
