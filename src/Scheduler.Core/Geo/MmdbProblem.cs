namespace Scheduler.Core.Geo;

/// <summary>Something wrong with a MaxMind DB file, and where.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Byte in the file at or near which it is wrong, from 0.</param>
/// <param name="Reason">The same for people, one sentence without a full stop.</param>
public sealed record MmdbProblem(MmdbFault Fault, long Offset, string Reason)
{
    /// <summary>A network that does not lie behind those that were added before it.</summary>
    internal static MmdbProblem OutOfOrder(IpPrefix network) =>
        new(MmdbFault.BadRecord, 0, $"network {network} is not behind the networks before it; is a family given twice?");

    /// <summary>A file that is well-formed and not what it was taken for.</summary>
    internal static MmdbProblem WrongContent(MmdbReader database, string lack) =>
        new(MmdbFault.WrongContent, 0, $"{lack}: the database is of type \"{database.Metadata.DatabaseType}\"");

    /// <summary>Reason and place.</summary>
    public override string ToString() => FormattableString.Invariant($"{Reason} (byte {Offset})");
}
