namespace Scheduler.Server.Standby;

/// <summary>The first line of a standby file.</summary>
/// <param name="Format">Always <see cref="Name"/>.</param>
/// <param name="Version">Version of the second line.</param>
/// <param name="Sha256">SHA-256 of the second line, hexadecimal.</param>
internal sealed record StandbyHeader(string Format, int Version, string Sha256)
{
    /// <summary>What tells a standby file from any other.</summary>
    public const string Name = "scheduler-standby";

    /// <summary>The version that this program writes and reads.</summary>
    public const int Newest = 1;
}
