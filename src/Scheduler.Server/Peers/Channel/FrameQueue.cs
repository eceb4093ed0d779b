using System.Threading.Channels;
using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>
/// Frames on their way to one peer, and the loop that sends them. What cannot wait for a batch is queued by any thread; the queue is bounded, and when the peer
/// is slow it refuses at once.
/// </summary>
internal sealed class FrameQueue
{
    private const int Length = 4_096;

    /// <summary>What is appended before it is flushed, bytes: enough to be worth a call, and far less than a peer that hangs could make us hold.</summary>
    private const int FlushAt = 64 * 1024;

    private readonly Channel<Queued> _frames = System.Threading.Channels.Channel.CreateBounded<Queued>(new BoundedChannelOptions(Length) { SingleReader = true });

    /// <summary>A frame, or, without a payload, a batch's turn.</summary>
    private readonly record struct Queued(FrameType Type, byte[]? Payload);

    /// <summary>Queues a frame.</summary>
    /// <returns>False when the queue is full or closed.</returns>
    public bool TrySend(FrameType type, byte[] payload) => _frames.Writer.TryWrite(new Queued(type, payload));

    /// <summary>Says that it is time for a batch.</summary>
    public void TryBatch() => _frames.Writer.TryWrite(default);

    /// <summary>Takes no more; what is queued is still sent.</summary>
    public void Close() => _frames.Writer.TryComplete();

    /// <summary>Sends until the queue is closed or the other side ends the connection.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="appendBatch">Appends what a batch holds; null where there are none.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(FrameWriter output, Action<FrameWriter>? appendBatch, CancellationToken cancellation)
    {
        while (await _frames.Reader.WaitToReadAsync(cancellation))
        {
            while (_frames.Reader.TryRead(out Queued next))
            {
                if (next.Payload is { } payload) output.Append(next.Type, payload);
                else appendBatch?.Invoke(output);
                if (output.Unflushed >= FlushAt && !await output.FlushAsync(cancellation)) return;
            }
            if (!await output.FlushAsync(cancellation)) return;
        }
    }
}
