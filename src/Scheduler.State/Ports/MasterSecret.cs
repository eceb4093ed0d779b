namespace Scheduler.State.Ports;

/// <summary>A secret that the keys of tokens and tickets are derived from.</summary>
/// <param name="Id">Names it inside tokens; 1 to 255, the higher the newer.</param>
/// <param name="Bytes">32 random bytes.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record MasterSecret(byte Id, ReadOnlyMemory<byte> Bytes, DateTimeOffset CreatedAt)
{
    /// <summary>Length of <see cref="Bytes"/>.</summary>
    public const int Length = 32;

    /// <summary>Without the bytes: a secret is never logged.</summary>
    public override string ToString() => $"MasterSecret {Id}";
}
