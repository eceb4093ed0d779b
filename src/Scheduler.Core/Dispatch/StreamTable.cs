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

    private const int Ways = 8;
    private const long MeanMask = 0xFFFF_FFFF;
    private readonly int _bucketMask;
    private readonly int _words;
    private readonly ulong[] _streams; // 0: free
    private readonly long[] _facts;    // by place: epoch << 32 | mean kbit/s
    private readonly ulong[] _warm;    // by place: sites of this epoch or the last, which is what a decision reads
    private readonly ulong[] _nowhere; // the bits of a stream that is warm nowhere
    private readonly ulong[] _fresh;   // by place: sites of this epoch alone, which is what is left when the next begins

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
        _warm = new ulong[places * _words];
        _fresh = new ulong[places * _words];
        _nowhere = new ulong[_words];
    }

    /// <summary>One over the greatest site index that has a warm bit.</summary>
    public int SiteBound => _words * 64;

    /// <summary>Streams that one node of a site cannot well carry alone.</summary>
    public HotStreams Hot { get; } = new();

    /// <summary>Streams it can hold.</summary>
    public int Capacity => _streams.Length;

    /// <summary>The epoch of a moment, for <see cref="Find"/> and <see cref="Warm"/>.</summary>
    /// <param name="nowS">Seconds, by a clock that never steps back: streams would stay warm for as long as it was set back.</param>
    public static int EpochOf(long nowS) => (int)(nowS / WarmEpochS);

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
        if (place < 0) return new StreamEntry(0, _nowhere);
        long facts = Volatile.Read(ref _facts[place]);
        ulong[]? warm = (epoch - (int)(facts >> 32)) switch
        {
            <= 0 => _warm,
            1 => _fresh,
            _ => null,
        };
        return new StreamEntry((int)(facts & MeanMask), warm is null ? _nowhere : warm.AsSpan(place * _words, _words));
    }

    /// <summary>Marks a stream as warm at a site.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="site">Index of the site; one beyond <see cref="SiteBound"/> is passed over.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    public void Warm(ulong stream, int site, int epoch)
    {
        if (site >= SiteBound) return; // the fleet has just grown; the next snapshot brings a wider table
        int word = (Claim(Key(stream), epoch) * _words) + (site >> 6);
        ulong bit = 1UL << (site & 63);
        if ((Volatile.Read(ref _fresh[word]) & bit) != 0) return;
        Interlocked.Or(ref _fresh[word], bit);
        Interlocked.Or(ref _warm[word], bit);
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
        if (place < 0 || load.EgressKbps <= 0) return;
        long measured = Math.Clamp(load.EgressKbps / load.Viewers, 1, int.MaxValue);
        long facts = Volatile.Read(ref _facts[place]);
        long known = facts & MeanMask;
        long mean = known == 0 ? measured : Math.Max(1, known + ((measured - known) / 8));
        Interlocked.CompareExchange(ref _facts[place], (facts & ~MeanMask) | mean, facts);
    }

    private static ulong Key(ulong stream) => stream == 0 ? 1 : stream;

    private int PlaceOf(ulong key)
    {
        int bucket = ((int)(key >> 32) & _bucketMask) * Ways;
        int way = _streams.AsSpan(bucket, Ways).IndexOf(key);
        return way < 0 ? -1 : bucket + way;
    }

    /// <summary>The stream's place, given to it if need be, with its epoch brought to the present.</summary>
    private int Claim(ulong key, int epoch)
    {
        int place = PlaceOf(key);
        if (place < 0) place = Evict(key);
        long facts = Volatile.Read(ref _facts[place]);
        int age = epoch - (int)(facts >> 32);
        if (age > 0 && Interlocked.CompareExchange(ref _facts[place], ((long)epoch << 32) | (facts & MeanMask), facts) == facts)
        {
            Span<ulong> warm = _warm.AsSpan(place * _words, _words), fresh = _fresh.AsSpan(place * _words, _words);
            if (age == 1) fresh.CopyTo(warm);
            else warm.Clear();
            fresh.Clear();
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
                ulong stream = Volatile.Read(ref _streams[i]);
                if (stream == key) return i;
                if (stream == 0)
                {
                    oldest = i;
                    break;
                }
                if (Volatile.Read(ref _facts[i]) >> 32 < Volatile.Read(ref _facts[oldest]) >> 32) oldest = i;
            }
            ulong before = Volatile.Read(ref _streams[oldest]);
            if (before == key) return oldest;
            if (Interlocked.CompareExchange(ref _streams[oldest], key, before) != before) continue;
            Volatile.Write(ref _facts[oldest], 0);
            _warm.AsSpan(oldest * _words, _words).Clear();
            _fresh.AsSpan(oldest * _words, _words).Clear();
            return oldest;
        }
    }
}
