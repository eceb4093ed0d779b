using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Persistence;
using Scheduler.State.Drains;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in the drains that a peer knows and no revision holds.</summary>
internal sealed partial class LocalDrainsHandler(LocalDrainBook book, ILogger<LocalDrainsHandler> log) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.LocalDrains;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (LocalDrainCodec.Read(frame.Payload.Span) is not { } drains) return new(false);
        try
        {
            book.Hear(drains);
        }
        catch (IOException fault)
        {
            NotKept(fault); // what cannot be written down is not obeyed: after a crash nobody would know of it
        }
        return new(true);
    }

    [LoggerMessage(EventId = 187, Level = LogLevel.Error, Message = "Local drains of a peer cannot be written down, and are not obeyed here")]
    private partial void NotKept(Exception fault);
}
