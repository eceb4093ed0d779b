namespace Scheduler.Protocol.V1.Messages;

/// <summary>From where a node is to pull a stream, for those who receive it.</summary>
public sealed record UpstreamMessage
{
    /// <summary>Id of the node that pulls.</summary>
    public required string Node { get; init; }

    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary><c>named</c>, <c>last_resort</c>, <c>is_home</c>, <c>no_home</c>, <c>no_way</c>, <c>no_parent</c> or <c>no_room</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Nodes to pull from, best first.</summary>
    public required IReadOnlyList<UpstreamParentMessage> Parents { get; init; }

    /// <summary>Revision of the configuration that decided; null among the answers to reports.</summary>
    public long? Revision { get; init; }
}
