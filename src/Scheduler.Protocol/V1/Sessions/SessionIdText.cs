using System.Buffers.Binary;
using System.Buffers.Text;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>A session's identity on the wire: 16 digits of lower-case hexadecimal.</summary>
public static class SessionIdText
{
    /// <summary>Length of every identity, characters.</summary>
    public const int Length = 16;

    /// <summary>Writes an identity.</summary>
    /// <param name="session">The identity.</param>
    /// <param name="utf8">Where to; at least <see cref="Length"/> bytes.</param>
    public static void Write(ulong session, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, session);
        if (!Convert.TryToHexStringLower(bytes, utf8, out _)) throw new ArgumentException("The space is too small.", nameof(utf8));
    }

    /// <summary>Reads an identity; upper-case digits are taken too.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out ulong session) =>
        Utf8Parser.TryParse(utf8, out session, out int consumed, 'x') && consumed == Length && utf8.Length == Length;
}
