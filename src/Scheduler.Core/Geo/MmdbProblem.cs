namespace Scheduler.Core.Geo;

/// <summary>Something wrong with a MaxMind DB file, and where.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Byte in the file at or near which it is wrong, from 0.</param>
/// <param name="Reason">The same for people, one sentence without a full stop.</param>
public sealed record MmdbProblem(MmdbFault Fault, long Offset, string Reason)
{
    /// <summary>Reason and place.</summary>
    public override string ToString() => FormattableString.Invariant($"{Reason} (byte {Offset})");
}
