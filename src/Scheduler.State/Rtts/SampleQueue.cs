using System.Numerics;

namespace Scheduler.State.Rtts;

/// <summary>
/// A bounded queue that many threads fill and one empties, without a lock: each slot carries the turn at which it may be written, and after that
/// the turn at which it may be read (Vyukov's bounded queue).
/// </summary>
internal sealed class SampleQueue
{
    private struct Slot
    {
        public long Turn;
        public RttSample Sample;
    }

    private readonly Slot[] _slots;
    private long _tail;
    private long _head;

    /// <summary>An empty queue.</summary>
    /// <param name="length">Samples it holds; rounded up to a power of two.</param>
    public SampleQueue(int length)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, length))];
        for (int i = 0; i < _slots.Length; i++) _slots[i].Turn = i;
    }

    /// <summary>Adds a sample. Any thread may.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(in RttSample sample)
    {
        while (true)
        {
            long tail = Volatile.Read(ref _tail);
            ref Slot slot = ref _slots[tail & (_slots.Length - 1)];
            long turn = Volatile.Read(ref slot.Turn);
            if (turn < tail) return false; // not read since the last time round
            if (turn > tail || Interlocked.CompareExchange(ref _tail, tail + 1, tail) != tail) continue;
            slot.Sample = sample;
            Volatile.Write(ref slot.Turn, tail + 1);
            return true;
        }
    }

    /// <summary>Takes the oldest sample. Only one thread at a time may.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out RttSample sample)
    {
        ref Slot slot = ref _slots[_head & (_slots.Length - 1)];
        sample = default;
        if (Volatile.Read(ref slot.Turn) != _head + 1) return false;
        sample = slot.Sample;
        Volatile.Write(ref slot.Turn, _head + _slots.Length);
        _head++;
        return true;
    }
}
