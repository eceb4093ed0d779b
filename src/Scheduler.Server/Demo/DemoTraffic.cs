using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Server.Demo;

/// <summary>What one node of demo mode has to say of streams.</summary>
internal sealed class DemoTraffic
{
    private const int MostStreams = 64;

    /// <summary>Viewers and what they draw, by stream.</summary>
    public Dictionary<ulong, (int Viewers, long Kbps)> Watched { get; } = [];

    /// <summary>What arrives, by stream: kbit/s and since when.</summary>
    public Dictionary<ulong, (long Kbps, long SinceUnixMs)> Arrivals { get; } = [];

    /// <summary>What it pulls from each IDC, by the hash of the IDC's id.</summary>
    public Dictionary<ulong, (long Kbps, int Streams)> Pulls { get; } = [];

    /// <summary>What other nodes pull from it, kbit/s.</summary>
    public long ServedKbps { get; set; }

    /// <summary>What publishers send to it, kbit/s.</summary>
    public long IngressKbps => Arrivals.Values.Sum(arrival => arrival.Kbps);

    /// <summary>Counts a stream that it pulls.</summary>
    public void Pull(ulong idc, long kbps) => Pulls[idc] = Pulls.TryGetValue(idc, out var known) ? (known.Kbps + kbps, known.Streams + 1) : (kbps, 1);

    /// <summary>Its pulls as a report has them.</summary>
    public ImmutableArray<ReportedPull> ReportedPulls => [.. Pulls.Select(pull => new ReportedPull(pull.Key, pull.Value.Kbps, pull.Value.Streams))];

    /// <summary>Its streams as a report has them: those that have gone first, then those that are there, in turn where there are more than a report names.</summary>
    /// <param name="before">What it said last time.</param>
    /// <param name="round">Count of its reports.</param>
    public ImmutableArray<StreamLoad> StreamsAfter(DemoTraffic? before, long round)
    {
        var loads = new List<StreamLoad>();
        foreach (ulong gone in before?.Watched.Keys ?? Enumerable.Empty<ulong>())
            if (!Watched.ContainsKey(gone)) loads.Add(new StreamLoad(gone, 0, 0));
        foreach (ulong gone in before?.Arrivals.Keys ?? Enumerable.Empty<ulong>())
            if (!Arrivals.ContainsKey(gone)) loads.Add(new StreamLoad(gone, 0, 0) { IngressKbps = 0 });
        StreamLoad[] present =
        [
            .. Watched.Select(stream => new StreamLoad(stream.Key, stream.Value.Viewers, stream.Value.Kbps)),
            .. Arrivals.Select(stream => new StreamLoad(stream.Key, 0, 0) { IngressKbps = stream.Value.Kbps, SinceUnixMs = stream.Value.SinceUnixMs }),
        ];
        int room = Math.Max(0, MostStreams - loads.Count);
        int from = present.Length > room && room > 0 ? (int)(round * room % present.Length) : 0;
        for (int i = 0; i < Math.Min(room, present.Length); i++) loads.Add(present[(from + i) % present.Length]);
        return [.. loads.Take(MostStreams)];
    }
}
