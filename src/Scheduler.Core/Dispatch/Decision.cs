using System.Runtime.CompilerServices;

namespace Scheduler.Core.Dispatch;

/// <summary>The answer of the dispatcher: an outcome and, unless it is a refusal, candidates in order; the first one's escrow was taken.</summary>
public struct Decision
{
    [InlineArray(DispatchRequest.MaxWant)]
    private struct Choices
    {
        private Choice _first;
    }

    private Choices _choices;

    /// <summary>How it ended.</summary>
    public DispatchOutcome Outcome { get; internal set; }

    /// <summary>Candidates named, in [0, <see cref="DispatchRequest.MaxWant"/>]; 0 for a refusal.</summary>
    public int Count { get; private set; }

    /// <summary>A candidate by rank, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer candidates.</exception>
    public readonly Choice this[int rank]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)Count);
            return _choices[rank];
        }
    }

    /// <summary>True when nothing could be named.</summary>
    public readonly bool Refused => Count == 0;

    internal void Add(in Choice choice) => _choices[Count++] = choice;

    internal readonly bool Names(int node)
    {
        for (int i = 0; i < Count; i++)
            if (_choices[i].Node == node) return true;
        return false;
    }

    /// <summary>Has a candidate lead: the others follow in their order, as many as are wanted in all.</summary>
    /// <param name="rank">Its rank, from 0.</param>
    /// <param name="want">How many are kept; over 0.</param>
    public void Lead(int rank, int want)
    {
        Choice leader = this[rank];
        for (int i = rank; i > 0; i--) _choices[i] = _choices[i - 1];
        _choices[0] = leader;
        Count = Math.Min(Count, want);
    }

    internal void Clear() => Count = 0;
}
