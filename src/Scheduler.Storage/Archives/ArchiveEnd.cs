namespace Scheduler.Storage.Archives;

/// <summary>The last line of an archive: a file without it is not whole.</summary>
/// <param name="Lines">Lines before it, the header included.</param>
/// <param name="Sha256">SHA-256 of every byte before it, hexadecimal.</param>
internal sealed record ArchiveEnd(long Lines, string Sha256);
