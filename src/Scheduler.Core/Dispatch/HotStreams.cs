using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Streams that draw over half of a node at a site, and how many nodes share each there: <c>r = ceil(b / (0.5 C))</c> of its bit rate b and the mean
/// capacity C of the nodes that report it. Each site's writer measures; any thread reads, without a lock.
/// </summary>
/// <remarks>
/// Bounded: only entries of at least an eighth of a node are kept, of which honest reports can hold eight a node, and at most
/// <see cref="MostEntries"/> a site. An entry that is not repeated is forgotten with the stream's warmth.
/// </remarks>
public sealed class HotStreams
{
    /// <summary>Most nodes that share a stream.</summary>
    public const int MostNodes = 16;

    private const int MostEntries = 256;
    private const double LeastShare = 0.125;
    private const double FullShare = 0.5;

    private readonly record struct Entry(ulong Stream, int Node, long Kbps, long CapacityKbps, int Epoch);

    private readonly List<Entry>?[] _measured = new List<Entry>?[LiveLoad.MaxSites]; // each touched by its site's writer alone
    private readonly HotStream[]?[] _hot = new HotStream[]?[LiveLoad.MaxSites];

    /// <summary>Nodes of a site that share a stream: 1 but for a hot one.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="stream">Hash of the stream's name.</param>
    public int NodesFor(int site, ulong stream)
    {
        if (Volatile.Read(ref _hot[site]) is not { } hot) return 1;
        foreach (HotStream entry in hot)
            if (entry.Stream == stream) return entry.Nodes;
        return 1;
    }

    /// <summary>Takes in what a report says of a stream. Only the site's writer calls it.</summary>
    /// <param name="load">The report's entry.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="node">Index of the reporting node.</param>
    /// <param name="capacityKbps">What the node can send, kbit/s.</param>
    /// <param name="epoch">Now, in units of <see cref="StreamTable.WarmEpochS"/>.</param>
    public void Measure(in StreamLoad load, int site, int node, long capacityKbps, int epoch)
    {
        bool counts = load.Viewers > 0 && capacityKbps > 0 && load.EgressKbps >= LeastShare * capacityKbps;
        List<Entry>? entries = _measured[site];
        if (entries is null)
        {
            if (!counts) return;
            _measured[site] = entries = [];
        }
        ulong stream = load.Stream;
        int removed = entries.RemoveAll(e => (e.Stream == stream && e.Node == node) || epoch - e.Epoch > 1);
        if (counts && entries.Count < MostEntries) entries.Add(new Entry(stream, node, load.EgressKbps, capacityKbps, epoch));
        if (counts || removed > 0) Volatile.Write(ref _hot[site], Sum(entries));
    }

    private static HotStream[]? Sum(List<Entry> entries)
    {
        List<HotStream>? hot = null;
        foreach (IGrouping<ulong, Entry> stream in entries.GroupBy(e => e.Stream))
        {
            double half = FullShare * stream.Average(e => e.CapacityKbps);
            int nodes = (int)Math.Min(MostNodes, Math.Ceiling(stream.Sum(e => e.Kbps) / half));
            if (nodes > 1) (hot ??= []).Add(new HotStream(stream.Key, nodes));
        }
        return hot?.ToArray();
    }
}
