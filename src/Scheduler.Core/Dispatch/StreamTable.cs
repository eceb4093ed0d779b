using System.Numerics;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// What is known of live streams: their mean bit rate and the sites where they are warm. Bounded: a table of buckets of eight, in which a
/// new stream takes the place of the one that was quiet the longest. All threads read and write it without locks; a race can at worst show
/// a wrong warm bit for one decision, which costs or saves <see cref="Routing.SiteCost.ColdStreamMs"/> and nothing else.
/// </summary>
public sealed class StreamTable
{
    /// <summary>A site stays warm for one to two of these after the last session or report of the stream there, seconds.</summary>
    public const int WarmEpochS = 60;

    /// <summary>The epoch of a moment, for <see cref="Find"/> and <see cref="Warm"/>.</summary>
    /// <param name="unixS">Unix seconds.</param>
    public static int EpochOf(long unixS) => (int)(unixS / WarmEpochS);

    private const int Ways = 8;
    private readonly int _bucketMask;
    private readonly int _words;
    private readonly ulong[] _streams;   // 0: free
    private readonly long[] _facts;      // epoch << 32 | mean kbit/s, by place
    private readonly ulong[] _warm;      // per place: this epoch's bits, then the last epoch's

    /// <summary>An empty table.</summary>
    /// <param name="capacity">Streams it holds; rounded up to a power of two of at least 8.</param>
    /// <param name="siteBound">One over the greatest site index.</param>
    public StreamTable(int capacity, int siteBound)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, capacity));
        _bucketMask = (places / Ways) - 1;
        _words = Math.Max(1, (siteBound + 63) / 64);
        _streams = new ulong[places];
        _facts = new long[places];
        _warm = new ulong[places * 2 * _words];
    }

    /// <summary>One over the greatest site index that has a warm bit.</summary>
    public int SiteBound => _words * 64;

    /// <summary>Streams it can hold.</summary>
    public int Capacity => _streams.Length;

    /// <summary>Streams it holds now; walks the table.</summary>
    public int CountStreams()
    {
        int count = 0;
        foreach (ulong stream in _streams) count += stream == 0 ? 0 : 1;
        return count;
    }

    /// <summary>Finds what is known of a stream.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    /// <returns>What is known; an entry that is cold everywhere when nothing is.</returns>
    public StreamEntry Find(ulong stream, int epoch)
    {
        int place = PlaceOf(Key(stream));
        if (place < 0) return default;
        long facts = Volatile.Read(ref _facts[place]);
        int age = epoch - (int)(facts >> 32);
        if (age > 1) return new StreamEntry((int)facts, default, default);
        ReadOnlySpan<ulong> current = _warm.AsSpan(place * 2 * _words, _words);
        ReadOnlySpan<ulong> last = _warm.AsSpan((place * 2 * _words) + _words, _words);
        return age == 1 ? new StreamEntry((int)facts, current, default) : new StreamEntry((int)facts, current, last);
    }

    /// <summary>Marks a stream as warm at a site.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="site">Index of the site; one beyond <see cref="SiteBound"/> is passed over.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    public void Warm(ulong stream, int site, int epoch)
    {
        if (site >= SiteBound) return; // the fleet has just grown; the next snapshot brings a wider table
        int place = Claim(Key(stream), epoch);
        ref ulong word = ref _warm[(place * 2 * _words) + (site >> 6)];
        ulong bit = 1UL << (site & 63);
        if ((Volatile.Read(ref word) & bit) == 0) Interlocked.Or(ref word, bit);
    }

    /// <summary>Takes in what a report says of a stream's viewers: the site is warm and the mean bit rate moves an eighth of the way.</summary>
    /// <param name="load">The report's entry; without viewers nothing happens.</param>
    /// <param name="site">Index of the reporting node's site.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    public void Measure(in Capacity.StreamLoad load, int site, int epoch)
    {
        if (load.Viewers <= 0) return;
        Warm(load.Stream, site, epoch);
        int place = PlaceOf(Key(load.Stream));
        long measured = Math.Clamp(load.EgressKbps / load.Viewers, 1, int.MaxValue);
        if (place < 0 || load.EgressKbps <= 0) return;
        long facts = Volatile.Read(ref _facts[place]);
        long known = facts & 0xFFFF_FFFF;
        long mean = known == 0 ? measured : Math.Max(1, known + ((measured - known) / 8));
        Interlocked.CompareExchange(ref _facts[place], (facts & ~0xFFFF_FFFFL) | mean, facts);
    }

    private static ulong Key(ulong stream) => stream == 0 ? 1 : stream;

    private int PlaceOf(ulong key)
    {
        int bucket = ((int)(key >> 32) & _bucketMask) * Ways;
        for (int i = bucket; i < bucket + Ways; i++)
            if (Volatile.Read(ref _streams[i]) == key) return i;
        return -1;
    }

    private int Claim(ulong key, int epoch)
    {
        int place = PlaceOf(key);
        if (place < 0) place = Evict(key);
        long facts = Volatile.Read(ref _facts[place]);
        int age = epoch - (int)(facts >> 32);
        if (age > 0 && Interlocked.CompareExchange(ref _facts[place], ((long)epoch << 32) | (facts & 0xFFFF_FFFF), facts) == facts)
        {
            Span<ulong> current = _warm.AsSpan(place * 2 * _words, _words);
            Span<ulong> last = _warm.AsSpan((place * 2 * _words) + _words, _words);
            if (age == 1) current.CopyTo(last);
            else last.Clear();
            current.Clear();
        }
        return place;
    }

    private int Evict(ulong key)
    {
        int bucket = ((int)(key >> 32) & _bucketMask) * Ways;
        while (true)
        {
            int oldest = bucket;
            for (int i = bucket; i < bucket + Ways; i++)
            {
                if (Volatile.Read(ref _streams[i]) == key) return i;
                if (_streams[i] == 0) { oldest = i; break; }
                if (Volatile.Read(ref _facts[i]) >> 32 < Volatile.Read(ref _facts[oldest]) >> 32) oldest = i;
            }
            ulong before = Volatile.Read(ref _streams[oldest]);
            if (before == key) return oldest;
            if (Interlocked.CompareExchange(ref _streams[oldest], key, before) != before) continue;
            Volatile.Write(ref _facts[oldest], 0);
            _warm.AsSpan(oldest * 2 * _words, 2 * _words).Clear();
            return oldest;
        }
    }
}
