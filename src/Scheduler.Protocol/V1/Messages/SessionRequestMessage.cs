namespace Scheduler.Protocol.V1.Messages;

/// <summary>The body of <c>POST /v1/sessions</c>, and each element of a batch, for those who send it.</summary>
public sealed record SessionRequestMessage
{
    /// <summary>Name of the stream: 1 to 128 of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public required string Stream { get; init; }

    /// <summary><c>play</c> or <c>publish</c>; null for <c>play</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Address of the viewer, for back ends; null for the transport's.</summary>
    public string? ClientIp { get; init; }

    /// <summary><c>hls</c>, <c>dash</c>, <c>flv</c>, <c>webrtc</c>, <c>rtmp</c> or <c>srt</c>; null for any.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the viewer's network, at most 32 characters; null when unknown.</summary>
    public string? Network { get; init; }

    /// <summary>What the session will draw, bit/s, at least 1; null when unknown.</summary>
    public long? BitrateBps { get; init; }

    /// <summary>Ids of nodes that must not be offered, at most 16; null for none.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Token of the viewer's last session; null for none.</summary>
    public string? PreviousToken { get; init; }

    /// <summary>Candidates wished for, 1 to 8; null for the default, 3.</summary>
    public int? Want { get; init; }
}
