using System.Buffers.Binary;
using System.Numerics;

namespace Scheduler.Core.Sessions;

/// <summary>The name of a stream, as bytes of UTF-8, and its hash.</summary>
public static class StreamName
{
    /// <summary>Longest name, bytes.</summary>
    public const int MaxLength = 128;

    /// <summary>True when every byte is one of <c>A-Z a-z 0-9 . _ ~ -</c> and the length is 1 to <see cref="MaxLength"/>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxLength) return false;
        foreach (byte b in name)
            if (!(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'_' or (byte)'~' or (byte)'-')) return false;
        return true;
    }

    /// <summary>
    /// 64-bit hash of a name, the same on every machine and in every version: tokens, tickets and reports carry it. Not keyed: a stream's
    /// owner who looks for collisions only harms the placement of his own streams.
    /// </summary>
    /// <param name="name">Bytes of the name.</param>
    public static ulong Hash(ReadOnlySpan<byte> name)
    {
        // Eight bytes a step, multiply and rotate, then the finaliser of SplitMix64: a few ns for the names that streams have.
        ulong h = 0x9E3779B97F4A7C15UL ^ (ulong)name.Length;
        while (name.Length >= 8)
        {
            h = (BitOperations.RotateLeft(h, 29) ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * 0xBF58476D1CE4E5B9UL;
            name = name[8..];
        }
        ulong tail = 0;
        for (int i = name.Length - 1; i >= 0; i--) tail = (tail << 8) | name[i];
        h = (BitOperations.RotateLeft(h, 29) ^ tail) * 0xBF58476D1CE4E5B9UL;
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9UL;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EBUL;
        return h ^ (h >> 31);
    }
}
