namespace Scheduler.Protocol.Grpc;

/// <summary>What stands at the beginning of a buffer.</summary>
public enum FrameRead
{
    /// <summary>A whole message.</summary>
    Whole,

    /// <summary>The beginning of one, or nothing: more must come.</summary>
    Partial,

    /// <summary>A flag that is neither 0 nor 1.</summary>
    BadFlag,

    /// <summary>The header of a message that is longer than may be; its bytes need not come.</summary>
    TooLong,
}
