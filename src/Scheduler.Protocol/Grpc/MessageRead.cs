namespace Scheduler.Protocol.Grpc;

/// <summary>What came next of a call.</summary>
public readonly struct MessageRead
{
    private MessageRead(ReadOnlyMemory<byte> message, GrpcStatus? end) => (Message, End) = (message, end);

    /// <summary>The message; until the next is read. Empty when there is none: see <see cref="End"/>; but a message may be empty too.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>Null for a message. OK when the sender has ended; else what is wrong with what he sent.</summary>
    public GrpcStatus? End { get; }

    /// <summary>A message.</summary>
    public static MessageRead Whole(ReadOnlyMemory<byte> message) => new(message, null);

    /// <summary>No message any more.</summary>
    public static MessageRead Ended(GrpcStatus status) => new(default, status);
}
