using System.Security.Cryptography;

namespace Scheduler.Protocol.Peers;

/// <summary>Makes and checks the codes that end the frames of one direction of a connection. By one thread at a time.</summary>
/// <param name="key">The direction's key.</param>
public sealed class FrameSeal(byte[] key) : IDisposable
{
    private readonly IncrementalHash _mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>Writes the code of a frame to its end.</summary>
    /// <param name="frame">The whole frame, header and payload written.</param>
    public void Seal(Span<byte> frame)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(frame[..^FrameHeader.MacLength], mac);
        mac[..FrameHeader.MacLength].CopyTo(frame[^FrameHeader.MacLength..]);
    }

    /// <summary>True when a frame ends with its code; takes the same time whatever is wrong.</summary>
    /// <param name="frame">The whole frame.</param>
    public bool Verifies(ReadOnlySpan<byte> frame)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(frame[..^FrameHeader.MacLength], mac);
        return CryptographicOperations.FixedTimeEquals(mac[..FrameHeader.MacLength], frame[^FrameHeader.MacLength..]);
    }

    /// <inheritdoc/>
    public void Dispose() => _mac.Dispose();

    private void Compute(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        _mac.AppendData(signed);
        _mac.GetHashAndReset(mac);
    }
}
