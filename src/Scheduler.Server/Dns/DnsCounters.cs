using System.Collections.Concurrent;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Server.Dns;

/// <summary>Counts what became of questions. Any thread may count; nothing is allocated but when zones change.</summary>
internal sealed class DnsCounters
{
    /// <summary>Codes that are counted, by value.</summary>
    private const int Rcodes = 24;

    private readonly ConcurrentDictionary<string, long[]> _byZone = new(StringComparer.Ordinal);
    private readonly long[] _elsewhere = new long[Rcodes];
    private readonly long[] _fates = new long[Enum.GetValues<DnsFate>().Length];
    private volatile long[][] _counts = [];
    private long _connections;

    /// <summary>TCP connections now.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Makes places for the zones of a table; a zone that was there before keeps its counts. To be called before the table is answered from.</summary>
    public void Know(ZoneTable table)
    {
        long[][] counts = new long[table.Apexes.Length][];
        foreach (ZoneApex apex in table.Apexes) counts[apex.Index] = _byZone.GetOrAdd(apex.Origin.ToString(), _ => new long[Rcodes]);
        _counts = counts;
    }

    /// <summary>Counts an answer.</summary>
    public void Count(in DnsOutcome outcome)
    {
        long[][] counts = _counts;
        long[] row = outcome.Apex is { } apex && apex.Index < counts.Length ? counts[apex.Index] : _elsewhere;
        Interlocked.Increment(ref row[(int)outcome.Rcode]);
        if (outcome.IsTruncated) Count(DnsFate.Truncated);
    }

    /// <summary>Counts what happened to a question beside its answer.</summary>
    public void Count(DnsFate fate) => Interlocked.Increment(ref _fates[(int)fate]);

    /// <summary>How often something happened.</summary>
    public long Of(DnsFate fate) => Volatile.Read(ref _fates[(int)fate]);

    /// <summary>A TCP connection was opened, or closed.</summary>
    /// <param name="change">1 or -1.</param>
    public void CountConnection(int change) => Interlocked.Add(ref _connections, change);

    /// <summary>Every count of answers that is not zero, by zone and code; the zone is empty for what no zone of ours was asked.</summary>
    public IEnumerable<(string Zone, DnsRcode Rcode, long Count)> Answers()
    {
        foreach ((string zone, long[] row) in _byZone.OrderBy(pair => pair.Key, StringComparer.Ordinal).Append(new KeyValuePair<string, long[]>("", _elsewhere)))
        {
            for (int rcode = 0; rcode < Rcodes; rcode++)
                if (Volatile.Read(ref row[rcode]) is > 0 and var count) yield return (zone, (DnsRcode)rcode, count);
        }
    }
}
