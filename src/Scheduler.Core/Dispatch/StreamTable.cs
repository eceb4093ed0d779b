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
    private const int BucketWords = 2 * Ways;
    private const long MeanMask = 0xFFFF_FFFF;
    private readonly int _bucketMask;
    private readonly int _words;
    private readonly long[] _buckets;  // each: eight streams (0: free), then the facts of each, epoch << 32 | mean kbit/s: neighbours in memory
    private readonly ulong[] _sites;   // by place, a word for 32 sites: the lower half those of this epoch or the last, the upper half this epoch's alone
    private readonly ulong[] _nowhere; // the words of a stream that is warm nowhere

    /// <summary>An empty table.</summary>
    /// <param name="capacity">Streams it holds; rounded up to a power of two of at least 8.</param>
    /// <param name="siteBound">One over the greatest site index.</param>
    public StreamTable(int capacity, int siteBound)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, capacity));
        _bucketMask = (places / Ways) - 1;
        _words = Math.Max(1, (siteBound + 31) / 32);
        _buckets = new long[places / Ways * BucketWords];
        _sites = new ulong[places * _words];
        _nowhere = new ulong[_words];
    }

    /// <summary>One over the greatest site index that has a warm bit.</summary>
    public int SiteBound => _words * 32;

    /// <summary>Streams that one node of a site cannot well carry alone.</summary>
    public HotStreams Hot { get; } = new();

    /// <summary>Streams it can hold.</summary>
    public int Capacity => (_bucketMask + 1) * Ways;

    /// <summary>The epoch of a moment, for <see cref="Find"/> and <see cref="Warm"/>.</summary>
    /// <param name="nowS">Seconds, by a clock that never steps back: streams would stay warm for as long as it was set back.</param>
    public static int EpochOf(long nowS) => (int)(nowS / WarmEpochS);

    /// <summary>Streams it holds now; walks the table.</summary>
    public int CountStreams()
    {
        int count = 0;
        for (int place = 0; place < Capacity; place++) count += _buckets[KeyIndex(place)] == 0 ? 0 : 1;
        return count;
    }

    /// <summary>
    /// Asks the processor for what <see cref="Find"/> and <see cref="Warm"/> will read, and goes on: a table of many streams does not fit its cache, and
    /// memory takes as long as all the rest of a decision. Call it as soon as the stream is known, before the viewer is located.
    /// </summary>
    /// <param name="stream">Its hash.</param>
    public void Fetch(ulong stream)
    {
        int place = PlaceOf(Key(stream));
        if (place >= 0) MemoryFetch.Begin<ulong>(_sites.AsSpan(place * _words, _words));
    }

    /// <summary>Finds what is known of a stream.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    /// <returns>What is known; an entry that is cold everywhere when nothing is.</returns>
    public StreamEntry Find(ulong stream, int epoch)
    {
        int place = PlaceOf(Key(stream));
        if (place < 0) return new StreamEntry(0, _nowhere, 0);
        long facts = Volatile.Read(ref Facts(place));
        int age = epoch - (int)(facts >> 32);
        return new StreamEntry((int)(facts & MeanMask), age > 1 ? _nowhere : _sites.AsSpan(place * _words, _words), age == 1 ? 32 : 0);
    }

    /// <summary>Marks a stream as warm at a site.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="site">Index of the site; one beyond <see cref="SiteBound"/> is passed over.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    public void Warm(ulong stream, int site, int epoch)
    {
        if (site >= SiteBound) return; // the fleet has just grown; the next snapshot brings a wider table
        ref ulong word = ref _sites[(Claim(Key(stream), epoch) * _words) + (site >> 5)];
        ulong fresh = 1UL << ((site & 31) + 32);
        if ((Volatile.Read(ref word) & fresh) == 0) Interlocked.Or(ref word, fresh | (fresh >> 32));
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
        ref long facts = ref Facts(place);
        long before = Volatile.Read(ref facts);
        long known = before & MeanMask;
        long mean = known == 0 ? measured : Math.Max(1, known + ((measured - known) / 8));
        Interlocked.CompareExchange(ref facts, (before & ~MeanMask) | mean, before);
    }

    private static long Key(ulong stream) => stream == 0 ? 1 : (long)stream;

    /// <summary>Where a place's stream stands in <see cref="_buckets"/>; its facts are <see cref="Ways"/> further.</summary>
    private static int KeyIndex(int place) => place + (place & -Ways);

    private ref long Facts(int place) => ref _buckets[KeyIndex(place) + Ways];

    private int FirstPlace(long key) => ((int)(key >> 32) & _bucketMask) * Ways;

    private int PlaceOf(long key)
    {
        int first = FirstPlace(key);
        int way = _buckets.AsSpan(2 * first, Ways).IndexOf(key);
        return way < 0 ? -1 : first + way;
    }

    /// <summary>The stream's place, given to it if need be, with its epoch brought to the present.</summary>
    private int Claim(long key, int epoch)
    {
        int place = PlaceOf(key);
        if (place < 0) place = Evict(key);
        ref long facts = ref Facts(place);
        long before = Volatile.Read(ref facts);
        int age = epoch - (int)(before >> 32);
        if (age > 0 && Interlocked.CompareExchange(ref facts, ((long)epoch << 32) | (before & MeanMask), before) == before)
        {
            foreach (ref ulong word in _sites.AsSpan(place * _words, _words)) word = age == 1 ? word >> 32 : 0;
        }
        return place;
    }

    private int Evict(long key)
    {
        int first = FirstPlace(key);
        while (true)
        {
            int oldest = first;
            for (int place = first; place < first + Ways; place++)
            {
                long stream = Volatile.Read(ref _buckets[KeyIndex(place)]);
                if (stream == key) return place;
                if (stream == 0)
                {
                    oldest = place;
                    break;
                }
                if (Volatile.Read(ref Facts(place)) >> 32 < Volatile.Read(ref Facts(oldest)) >> 32) oldest = place;
            }
            ref long slot = ref _buckets[KeyIndex(oldest)];
            long before = Volatile.Read(ref slot);
            if (before == key) return oldest;
            if (Interlocked.CompareExchange(ref slot, key, before) != before) continue;
            Volatile.Write(ref Facts(oldest), 0);
            _sites.AsSpan(oldest * _words, _words).Clear();
            return oldest;
        }
    }
}
