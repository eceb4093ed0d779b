namespace Scheduler.Protocol.Peers;

/// <summary>What a frame on the peer channel holds. On the wire: append, never renumber. Who does not know a type passes over its frames.</summary>
public enum FrameType : byte
{
    /// <summary>Nothing: the sender lives. No payload.</summary>
    Ping = 1,

    /// <summary>Reports that nodes made to the sender: <see cref="ReportsFrame"/>.</summary>
    Reports = 2,

    /// <summary>What the sender has assigned to nodes: <see cref="IncrementsFrame"/>.</summary>
    Increments = 3,

    /// <summary>What the sender's sessions weigh: <see cref="DemandFrame"/>.</summary>
    Demand = 4,

    /// <summary>What the leader's plan asks for load: <see cref="PricesFrame"/>.</summary>
    Prices = 5,

    /// <summary>The sender leaves in good order. No payload.</summary>
    Bye = 6,

    /// <summary>A player's call for a session of the receiver: <see cref="CallFrame"/>.</summary>
    Call = 7,

    /// <summary>The answer to a <see cref="Call"/>: <see cref="AnswerFrame"/>.</summary>
    Answer = 8,

    /// <summary>Drains that the sender knows and no revision holds, as a JSON list.</summary>
    LocalDrains = 9,

    /// <summary>The trace that a <see cref="Call"/> belongs to which follows: <see cref="TraceFrame"/>.</summary>
    Trace = 10,

    /// <summary>What reports that follow say of arrivals and pulls: <see cref="FlowsFrame"/>.</summary>
    Flows = 11,

    /// <summary>What of the receiver's newest admissions nodes have begun to serve, by the reports before: <see cref="StartsFrame"/>.</summary>
    Starts = 12,
}
