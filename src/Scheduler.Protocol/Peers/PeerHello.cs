using System.Buffers.Binary;

namespace Scheduler.Protocol.Peers;

/// <summary>
/// The first word of each side of a peer channel, of fixed length: who speaks, and a number that nobody used before, so that a proof cannot be an old one.
/// </summary>
/// <remarks>In big-endian order: <c>SPC1</c> (4 bytes), replica number (1), its start (8), nonce (<see cref="NonceLength"/>).</remarks>
/// <param name="Replica">Number of the replica that speaks, in [1, 255].</param>
/// <param name="Start">Its start; at least 0.</param>
/// <param name="Nonce"><see cref="NonceLength"/> random bytes.</param>
public readonly record struct PeerHello(byte Replica, long Start, ReadOnlyMemory<byte> Nonce)
{
    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 32;

    /// <summary>Bytes of a hello.</summary>
    public const int Length = 4 + 1 + 8 + NonceLength;

    /// <summary>Bytes of the proof that follows a hello.</summary>
    public const int ProofLength = 32;

    private const uint Magic = 0x53504331; // SPC1: a later version of the channel has another

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        bytes[4] = Replica;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(5), Start);
        Nonce.Span.CopyTo(bytes.AsSpan(13));
        return bytes;
    }

    /// <summary>Reads one of <see cref="Length"/> bytes.</summary>
    /// <returns>False when they are none of this version.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PeerHello hello)
    {
        hello = default;
        if (bytes.Length != Length || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Magic) return false;
        hello = new PeerHello(bytes[4], BinaryPrimitives.ReadInt64BigEndian(bytes[5..]), bytes[13..].ToArray());
        return hello.Replica > 0 && hello.Start >= 0;
    }
}
