using Scheduler.Core.Drains;
using Scheduler.State.Ports;

namespace Scheduler.State.Drains;

/// <summary>
/// A drain that a replica took by itself, before any store knew of it. It begins, and it may be cancelled; nothing else about it ever changes, so replicas that tell each other
/// what they know agree, whatever was told how often and in which order.
/// </summary>
/// <param name="Drain">The drain; its id is the taker's alone to give.</param>
/// <param name="Taker">Name of the replica that took it, and is the first to put it into a revision.</param>
public sealed record LocalDrain(Drain Drain, string Taker)
{
    private const string MarkPrefix = "local-drain/";

    /// <summary>The repeatable request that asked for it; null when it was none.</summary>
    public RequestMark? Request { get; init; }

    /// <summary>What its revision must tell beside the reason, such as a guard that was overridden; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Its cancelling; null while it was not cancelled.</summary>
    public LocalDrainEnd? End { get; init; }

    /// <summary>The mark of its revision: whichever replica writes it, a store takes it once.</summary>
    public RequestMark Mark => Request ?? new RequestMark(MarkPrefix + Drain.Id, "");

    /// <summary>The mark of the revision that ends it.</summary>
    public RequestMark EndMark => new($"{MarkPrefix}{Drain.Id}/end", "");

    /// <summary>What follows from both: a drain that anybody cancelled is cancelled, by whoever was first.</summary>
    /// <param name="other">The same drain, as another replica knows it.</param>
    /// <remarks>A join: commutative, associative, idempotent.</remarks>
    public LocalDrain Join(LocalDrain other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.End is not null && (End is null || Compare(other.End, End) < 0) ? this with { End = other.End } : this;
    }

    private static int Compare(LocalDrainEnd a, LocalDrainEnd b)
    {
        int order = a.At.CompareTo(b.At);
        if (order == 0) order = string.CompareOrdinal(a.By, b.By);
        return order != 0 ? order : string.CompareOrdinal(a.Reason, b.Reason);
    }
}
