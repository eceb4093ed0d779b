namespace Scheduler.Storage.Archives;

/// <summary>The first line of an archive.</summary>
/// <param name="Format">Always <see cref="Name"/>.</param>
/// <param name="Version">Version of the format; this program writes and reads <see cref="Newest"/>.</param>
/// <param name="CreatedAtUs">When it was written, microseconds since 1970.</param>
/// <param name="HasSecrets">True when it holds the master secrets of tokens and tickets.</param>
internal sealed record ArchiveHeader(string Format, int Version, long CreatedAtUs, bool HasSecrets)
{
    /// <summary>What tells an archive from any other file.</summary>
    public const string Name = "scheduler-store";

    /// <summary>The version that this program writes and reads.</summary>
    public const int Newest = 1;
}
