using System.Text;

namespace Scheduler.Cli.Load;

/// <summary>Who watches where: viewers of each node and site as the scheduler assigned them.</summary>
/// <remarks>
/// Written by the thread that plays the viewers. Counts may be read from anywhere at any time: a value is at most one request old. Names are
/// for the writing thread, except those of nodes that were added before it started.
/// </remarks>
/// <param name="time">Clock; only differences of it count.</param>
internal sealed class Audience(TimeProvider time)
{
    private const int MostNodes = 100_000;
    private const int MostSites = 4_096;

    private readonly long _start = time.GetTimestamp();
    private readonly NameTable _nodes = new(MostNodes);
    private readonly NameTable _sites = new(MostSites);
    private readonly int[] _nodeViewers = new int[MostNodes];
    private readonly long[] _nodeKbps = new long[MostNodes];
    private readonly ReplicaAudience[]?[] _nodeByReplica = new ReplicaAudience[MostNodes][];
    private readonly int[] _siteViewers = new int[MostSites];

    /// <summary>Time since it was made, ms.</summary>
    public long NowMs => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Number of a node, a new one when it is new.</summary>
    /// <returns>False when there are too many nodes.</returns>
    public bool TryNode(ReadOnlySpan<byte> name, out int node) => _nodes.TryNumber(name, out node);

    /// <summary>As <see cref="TryNode(ReadOnlySpan{byte}, out int)"/>, before the viewers come.</summary>
    public bool TryNode(string name, out int node) => _nodes.TryNumber(Encoding.UTF8.GetBytes(name), out node);

    /// <summary>Number of a site, a new one when it is new.</summary>
    public bool TrySite(ReadOnlySpan<byte> name, out int site) => _sites.TryNumber(name, out site);

    /// <summary>Writes the name of a node.</summary>
    public int CopyNodeName(int node, Span<byte> utf8) => Encoding.UTF8.GetBytes(_nodes[node], utf8);

    /// <summary>A viewer has come to a place.</summary>
    public void Join(in Seat seat)
    {
        Add(seat, +1);
        if (seat.Ticket is { AdmittedIn: { } period } ticket) Of(seat.Node, ticket.Replica).Count(period, ticket.BitRateKbps, NowMs);
    }

    /// <summary>A viewer has left a place.</summary>
    public void Leave(in Seat seat) => Add(seat, -1);

    /// <summary>Viewers of a node.</summary>
    public int ViewersOf(int node) => Volatile.Read(ref _nodeViewers[node]);

    /// <summary>What they draw, kbit/s.</summary>
    public long KbpsOf(int node) => Volatile.Read(ref _nodeKbps[node]);

    /// <summary>Viewers of a node by the replica that sent them; empty while tickets name none.</summary>
    public ReadOnlySpan<ReplicaAudience> ByReplica(int node) => Volatile.Read(ref _nodeByReplica[node]);

    /// <summary>Viewers by site; sites without any are left out. For the writing thread.</summary>
    public KeyValuePair<string, int>[] BySite()
    {
        var sites = new List<KeyValuePair<string, int>>(_sites.Count);
        for (int i = 0; i < _sites.Count; i++)
            if (_siteViewers[i] > 0) sites.Add(new(_sites[i], _siteViewers[i]));
        return [.. sites];
    }

    private void Add(in Seat seat, int viewers)
    {
        Volatile.Write(ref _nodeViewers[seat.Node], _nodeViewers[seat.Node] + viewers);
        Volatile.Write(ref _nodeKbps[seat.Node], _nodeKbps[seat.Node] + (viewers * (long)seat.Kbps));
        _siteViewers[seat.Site] += viewers;
        if (seat.Ticket is { Replica: var replica }) Of(seat.Node, replica).Add(viewers, viewers * (long)seat.Kbps);
    }

    private ReplicaAudience Of(int node, byte replica)
    {
        ReplicaAudience[] known = _nodeByReplica[node] ?? [];
        foreach (ReplicaAudience audience in known)
            if (audience.Replica == replica) return audience;
        var added = new ReplicaAudience(replica);
        Volatile.Write(ref _nodeByReplica[node], [.. known, added]);
        return added;
    }
}
