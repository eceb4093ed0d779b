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
    private readonly int _placeMask;
    private readonly int _words;
    private readonly Slot[] _slots;    // by place, eight neighbours a bucket
    private readonly ulong[] _sites;   // by place, a word for 32 sites: the lower half those of this epoch or the last, the upper half this epoch's alone
    private readonly ulong[] _nowhere; // the words of a stream that is warm nowhere

    /// <summary>An empty table.</summary>
    /// <param name="capacity">Streams it holds; rounded up to a power of two of at least 8.</param>
    /// <param name="siteBound">One over the greatest site index.</param>
    public StreamTable(int capacity, int siteBound)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, capacity));
        _placeMask = places - 1;
        _words = Math.Max(1, (siteBound + 31) / 32);
        _slots = new Slot[places];
        _sites = new ulong[places * _words];
        _nowhere = new ulong[_words];
    }

    /// <summary>One over the greatest site index that has a warm bit.</summary>
    public int SiteBound => _words * 32;

    /// <summary>Streams that one node of a site cannot well carry alone.</summary>
    public HotStreams Hot { get; } = new();

    /// <summary>Streams it can hold.</summary>
    public int Capacity => _slots.Length;

    /// <summary>The epoch of a moment, for <see cref="Find"/> and <see cref="Warm"/>.</summary>
    /// <param name="nowS">Seconds, by a clock that never steps back: streams would stay warm for as long as it was set back.</param>
    public static int EpochOf(long nowS) => (int)(nowS / WarmEpochS);

    /// <summary>Streams it holds now; walks the table.</summary>
    public int CountStreams()
    {
        int count = 0;
        foreach (Slot slot in _slots) count += slot.Stream == 0 ? 0 : 1;
        return count;
    }

    /// <summary>
    /// Asks the processor for what <see cref="Find"/> and <see cref="Warm"/> will read, and goes on: a table of many streams does not fit its cache, and
    /// memory takes as long as all the rest of a decision. Call it as soon as the stream is known, before the viewer is located.
    /// </summary>
    /// <param name="stream">Its hash.</param>
    public void Fetch(ulong stream)
    {
        int home = HomeOf(Key(stream));
        MemoryFetch.Begin<Slot>(_slots.AsSpan(home, 1));
        MemoryFetch.Begin<ulong>(_sites.AsSpan(home * _words, _words));
    }

    /// <summary>Finds what is known of a stream.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="epoch">Now, in units of <see cref="WarmEpochS"/>.</param>
    /// <returns>What is known; an entry that is cold everywhere when nothing is.</returns>
    public StreamEntry Find(ulong stream, int epoch)
    {
        int place = PlaceOf(Key(stream));
        if (place < 0) return new StreamEntry(0, _nowhere, 0);
        long facts = Volatile.Read(ref _slots[place].Facts);
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
        ref long facts = ref _slots[place].Facts;
        long before = Volatile.Read(ref facts);
        long known = before & MeanMask;
        long mean = known == 0 ? measured : Math.Max(1, known + ((measured - known) / 8));
        Interlocked.CompareExchange(ref facts, (before & ~MeanMask) | mean, before);
    }

    private static long Key(ulong stream) => stream == 0 ? 1 : (long)stream;

    /// <summary>The place that a stream takes when it can, and where it is looked for first: what lies there can be fetched before it is read.</summary>
    private int HomeOf(long key) => (int)(key >> 32) & _placeMask;

    private int PlaceOf(long key)
    {
        int home = HomeOf(key);
        if (_slots[home].Stream == key) return home;
        int first = home & -Ways;
        for (int place = first; place < first + Ways; place++)
            if (_slots[place].Stream == key) return place;
        return -1;
    }

    /// <summary>The stream's place, given to it if need be, with its epoch brought to the present.</summary>
    private int Claim(long key, int epoch)
    {
        int place = PlaceOf(key);
        if (place < 0) place = Evict(key, epoch);
        ref long facts = ref _slots[place].Facts;
        long before = Volatile.Read(ref facts);
        int age = epoch - (int)(before >> 32);
        if (age > 0 && Interlocked.CompareExchange(ref facts, ((long)epoch << 32) | (before & MeanMask), before) == before)
        {
            foreach (ref ulong word in _sites.AsSpan(place * _words, _words)) word = age == 1 ? word >> 32 : 0;
        }
        return place;
    }

    /// <summary>Gives a stream its home, unless another is live there; else the place of its bucket that is free or was quiet the longest.</summary>
    private int Evict(long key, int epoch)
    {
        int home = HomeOf(key), first = home & -Ways;
        while (true)
        {
            int oldest = home;
            bool live = Volatile.Read(ref _slots[home].Stream) != 0 && epoch - EpochAt(home) <= 1;
            for (int place = first; live && place < first + Ways; place++)
            {
                if (Volatile.Read(ref _slots[place].Stream) == 0)
                {
                    oldest = place;
                    break;
                }
                if (EpochAt(place) < EpochAt(oldest)) oldest = place;
            }
            ref long stream = ref _slots[oldest].Stream;
            long before = Volatile.Read(ref stream);
            if (PlaceOf(key) is >= 0 and var taken) return taken; // another thread was faster
            if (Interlocked.CompareExchange(ref stream, key, before) != before) continue;
            Volatile.Write(ref _slots[oldest].Facts, 0);
            _sites.AsSpan(oldest * _words, _words).Clear();
            return oldest;
        }
    }

    private int EpochAt(int place) => (int)(Volatile.Read(ref _slots[place].Facts) >> 32);

    /// <summary>A stream and what is known of it but for its sites, side by side in memory.</summary>
    private struct Slot
    {
        /// <summary>The stream; 0 where the place is free.</summary>
        public long Stream;

        /// <summary>Epoch in the upper half, mean kbit/s in the lower.</summary>
        public long Facts;
    }
}
