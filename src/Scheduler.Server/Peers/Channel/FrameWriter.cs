using System.Buffers;
using System.IO.Pipelines;
using Scheduler.Protocol.Peers;
using Scheduler.State;

namespace Scheduler.Server.Peers.Channel;

/// <summary>Writes the frames of one direction of a connection. By one thread at a time.</summary>
/// <param name="output">Where to.</param>
/// <param name="key">The direction's key.</param>
/// <param name="clock">The time.</param>
/// <param name="counters">Counts frames and bytes.</param>
internal sealed class FrameWriter(PipeWriter output, byte[] key, SchedulerClock clock, PeerCounters counters) : IDisposable
{
    private readonly FrameSeal _seal = new(key);
    private readonly ArrayBufferWriter<byte> _payload = new(4 * 1024);
    private long _sequence;

    /// <summary>Bytes appended since the last flush.</summary>
    public long Unflushed => output.UnflushedBytes;

    /// <summary>Room for the payload of the next frame, empty; <see cref="Append(FrameType)"/> takes what was written to it.</summary>
    public ArrayBufferWriter<byte> Payload
    {
        get
        {
            _payload.ResetWrittenCount();
            return _payload;
        }
    }

    /// <summary>Appends a frame of what was written to <see cref="Payload"/> since that was asked for.</summary>
    public void Append(FrameType type) => Append(type, _payload.WrittenSpan);

    /// <summary>Appends a frame. It is on its way after <see cref="FlushAsync"/>.</summary>
    public void Append(FrameType type, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxPayload);
        var header = new FrameHeader(payload.Length, type, _sequence++, clock.NowMs);
        Span<byte> frame = output.GetSpan(header.FrameLength)[..header.FrameLength];
        header.Write(frame);
        payload.CopyTo(frame[FrameHeader.Length..]);
        _seal.Seal(frame);
        output.Advance(header.FrameLength);
        counters.Sent(header.FrameLength);
    }

    /// <summary>Sends what was appended, waiting while the other side is slow.</summary>
    /// <returns>False when the other side has ended the connection.</returns>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellation) => !(await output.FlushAsync(cancellation)).IsCompleted;

    /// <inheritdoc/>
    public void Dispose() => _seal.Dispose();
}
