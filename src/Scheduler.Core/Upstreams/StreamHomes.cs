using System.Numerics;
using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// Where live streams come in, from what nodes report as arriving. The first publisher's node is the home, the second's is its backup, further ones wait. A table
/// with open addressing, written by one thread and read by any without a lock: a reader sees each of home and backup whole.
/// </summary>
/// <remarks>Times are seconds of a clock that never steps back, at least 0.</remarks>
public sealed class StreamHomes
{
    /// <summary>A publisher is gone when nothing of it has arrived for so long, seconds: several reports, or a reconnect.</summary>
    public const int KeepS = 10;

    private const int LeastSlots = 64;
    private const int NodeBits = 20; // over LiveLoad.MaxNodes
    private Slot[] _slots = new Slot[LeastSlots];
    private int _used; // slots that have a stream, live or not

    /// <summary>Streams that have a home now; walks the table.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ref Slot slot in Volatile.Read(ref _slots).AsSpan()) count += slot.Home != 0 ? 1 : 0;
            return count;
        }
    }

    /// <summary>Finds where a stream comes in; a few reads, no allocation.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="home">Where; meaningless when nobody publishes it.</param>
    public bool TryFind(ulong stream, out StreamHome home)
    {
        Slot[] slots = Volatile.Read(ref _slots);
        int place = PlaceOf(slots, Key(stream));
        ref Slot slot = ref slots[place];
        long first = slot.Key == 0 ? 0 : Volatile.Read(ref slot.Home), second = Volatile.Read(ref slot.Backup);
        home = new StreamHome(NodeOf(first), second == 0 ? null : NodeOf(second));
        return first != 0;
    }

    /// <summary>Takes in that a stream arrives at a node. Only the writer calls it.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="node">Index of the node.</param>
    /// <param name="nowS">Now.</param>
    /// <returns>True when its home or its backup is another node than before.</returns>
    public bool Arrived(ulong stream, int node, long nowS)
    {
        ref Slot slot = ref Claim(Key(stream));
        long entry = Entry(node, nowS);
        if (slot.Home == 0 || NodeOf(slot.Home) == node) return Put(ref slot.Home, entry);
        if (IsGone(slot.Home, nowS))
        {
            if (slot.Backup != 0 && NodeOf(slot.Backup) != node && !IsGone(slot.Backup, nowS))
            {
                Volatile.Write(ref slot.Home, slot.Backup);
                Put(ref slot.Backup, entry);
                return true;
            }
            Volatile.Write(ref slot.Backup, 0);
            return Put(ref slot.Home, entry);
        }
        return (slot.Backup == 0 || NodeOf(slot.Backup) == node || IsGone(slot.Backup, nowS)) && Put(ref slot.Backup, entry);
    }

    /// <summary>Takes in where a stream comes in as whoever keeps the book of arrivals has found it. Only the writer calls it, and then none of the other ways to write.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="home">Where; null when nothing arrives any more.</param>
    /// <param name="nowS">Now.</param>
    /// <returns>True when its home or its backup is another node than before.</returns>
    public bool Become(ulong stream, StreamHome? home, long nowS)
    {
        if (home is not { } there)
        {
            ref Slot known = ref _slots[PlaceOf(_slots, Key(stream))];
            if (known.Key == 0 || known.Home == 0) return false;
            Volatile.Write(ref known.Home, 0);
            Volatile.Write(ref known.Backup, 0);
            return true;
        }
        ref Slot slot = ref Claim(Key(stream));
        bool moved = Put(ref slot.Home, Entry(there.Node, nowS));
        return Put(ref slot.Backup, there.Backup is { } backup ? Entry(backup, nowS) : 0) || moved;
    }

    /// <summary>Takes in that a stream arrives at a node no longer: its publisher has said so. The backup takes over. Only the writer calls it.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="node">Index of the node.</param>
    /// <returns>True when its home or its backup is another node than before.</returns>
    public bool Ended(ulong stream, int node)
    {
        ref Slot slot = ref _slots[PlaceOf(_slots, Key(stream))];
        if (slot.Key == 0) return false;
        if (slot.Backup != 0 && NodeOf(slot.Backup) == node) return Put(ref slot.Backup, 0);
        if (slot.Home == 0 || NodeOf(slot.Home) != node) return false;
        Succeed(ref slot);
        return true;
    }

    /// <summary>Forgets publishers of whom nothing has arrived for <see cref="KeepS"/>; backups take over. Only the writer calls it, about once a second.</summary>
    /// <param name="nowS">Now.</param>
    /// <returns>Streams whose home or backup changed.</returns>
    public int Expire(long nowS)
    {
        int changed = 0;
        foreach (ref Slot slot in _slots.AsSpan())
        {
            if (slot.Home == 0) continue;
            bool home = IsGone(slot.Home, nowS), backup = slot.Backup != 0 && IsGone(slot.Backup, nowS);
            if (backup) Volatile.Write(ref slot.Backup, 0);
            if (home) Succeed(ref slot);
            changed += home || backup ? 1 : 0;
        }
        return changed;
    }

    /// <summary>Copies every stream that has a home. Only the writer calls it, or a reader to whom a race of one change does not matter.</summary>
    /// <param name="found">Is given each stream's hash and where it comes in.</param>
    public void ForEach(Action<ulong, StreamHome> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        foreach (Slot slot in Volatile.Read(ref _slots))
            if (slot.Home != 0) found((ulong)slot.Key, new StreamHome(NodeOf(slot.Home), slot.Backup == 0 ? null : NodeOf(slot.Backup)));
    }

    private static long Key(ulong stream) => stream == 0 ? 1 : (long)stream;

    // A reader between the two writes sees the backup twice, or as home without a backup: both are true.
    private static void Succeed(ref Slot slot)
    {
        Volatile.Write(ref slot.Home, slot.Backup);
        Volatile.Write(ref slot.Backup, 0);
    }

    private static bool Put(ref long place, long entry)
    {
        long before = place;
        Volatile.Write(ref place, entry);
        return before == 0 ? entry != 0 : entry == 0 || NodeOf(before) != NodeOf(entry);
    }

    // Never 0, which stands in memory where there is nothing: the time is counted from 1.
    private static long Entry(int node, long nowS) => ((nowS + 1) << NodeBits) | (uint)node;

    private static int NodeOf(long entry) => (int)(entry & ((1L << NodeBits) - 1));

    private static bool IsGone(long entry, long nowS) => nowS + 1 - (entry >> NodeBits) >= KeepS;

    /// <summary>The place of a stream, or the free one where it would stand: there always is one, as at most half are used.</summary>
    private static int PlaceOf(Slot[] slots, long key)
    {
        int mask = slots.Length - 1, place = (int)(ViewerHash.Mix((ulong)key) >> 32) & mask;
        while (Volatile.Read(ref slots[place].Key) is var there && there != 0 && there != key) place = (place + 1) & mask;
        return place;
    }

    private ref Slot Claim(long key)
    {
        ref Slot slot = ref _slots[PlaceOf(_slots, key)];
        if (slot.Key == key) return ref slot;
        if (2 * (_used + 1) > _slots.Length)
        {
            Rebuild();
            slot = ref _slots[PlaceOf(_slots, key)];
        }
        _used++;
        Volatile.Write(ref slot.Key, key);
        return ref slot;
    }

    /// <summary>A new array of those that are live: a key never leaves an array that readers may hold.</summary>
    private void Rebuild()
    {
        int live = Count;
        var slots = new Slot[Math.Max(LeastSlots, (int)BitOperations.RoundUpToPowerOf2((uint)(4 * (live + 1))))];
        foreach (Slot slot in _slots)
            if (slot.Home != 0) slots[PlaceOf(slots, slot.Key)] = slot;
        _used = live;
        Volatile.Write(ref _slots, slots);
    }

    /// <summary>A stream, and the nodes where it arrives with the time when it last did.</summary>
    private struct Slot
    {
        public long Key;
        public long Home;
        public long Backup;
    }
}
