namespace Scheduler.Protocol.V1.Messages;

/// <summary>A node that is offered.</summary>
public sealed record CandidateMessage
{
    /// <summary>1 for the best.</summary>
    public required int Rank { get; init; }

    /// <summary>Id of the node.</summary>
    public required string Node { get; init; }

    /// <summary>Id of its site.</summary>
    public required string Site { get; init; }

    /// <summary>Id of the IDC that feeds it.</summary>
    public required string Idc { get; init; }

    /// <summary>Name to connect to.</summary>
    public required string Host { get; init; }

    /// <summary>Address of the stream there; null when the fleet has no template for the protocol.</summary>
    public string? Url { get; init; }

    /// <summary>What the node wants to see; null in an answer that holds nothing.</summary>
    public string? Ticket { get; init; }

    /// <summary>Expected round trip, ms.</summary>
    public required double RttMs { get; init; }
}
