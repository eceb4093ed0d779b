using System.Buffers;
using System.IO.Pipelines;
using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>Reads the frames of one direction of a connection, and believes none that is not the next one under the connection's key.</summary>
/// <param name="input">Where from.</param>
/// <param name="key">The direction's key.</param>
/// <param name="counters">Counts frames and bytes.</param>
internal sealed class FrameReader(PipeReader input, byte[] key, PeerCounters counters) : IDisposable
{
    private readonly FrameSeal _seal = new(key);
    private byte[] _frame = new byte[4 * 1024];
    private long _sequence;

    /// <summary>Header of the last frame.</summary>
    public FrameHeader Header { get; private set; }

    /// <summary>Payload of the last frame; holds until the next is read.</summary>
    public ReadOnlyMemory<byte> Payload => _frame.AsMemory(FrameHeader.Length, Header.PayloadLength);

    /// <summary>Why reading ended; null when the other side ended it.</summary>
    public FrameFault? Fault { get; private set; }

    /// <summary>Reads the next frame.</summary>
    /// <returns>False when there is none any more; <see cref="Fault"/> tells why.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        ReadResult read = await input.ReadAtLeastAsync(FrameHeader.Length, cancellation);
        if (read.Buffer.Length < FrameHeader.Length) return Ended(read);
        read.Buffer.Slice(0, FrameHeader.Length).CopyTo(_frame);
        if (!FrameHeader.TryRead(_frame, out FrameHeader header)) return Refused(read, FrameFault.TooLong);
        if (read.Buffer.Length < header.FrameLength)
        {
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await input.ReadAtLeastAsync(header.FrameLength, cancellation);
            if (read.Buffer.Length < header.FrameLength) return Ended(read);
        }
        if (_frame.Length < header.FrameLength) _frame = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)header.FrameLength)];
        ReadOnlySequence<byte> taken = read.Buffer.Slice(0, header.FrameLength);
        taken.CopyTo(_frame);
        if (!_seal.Verifies(_frame.AsSpan(0, header.FrameLength)) || header.Sequence != _sequence) return Refused(read, FrameFault.Forged);
        input.AdvanceTo(taken.End);
        Header = header;
        _sequence++;
        counters.Received(header.FrameLength);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _seal.Dispose();

    private bool Ended(in ReadResult read)
    {
        input.AdvanceTo(read.Buffer.End);
        return false;
    }

    private bool Refused(in ReadResult read, FrameFault fault)
    {
        Fault = fault;
        return Ended(in read);
    }
}
