
namespace Scheduler.Client.Sessions;

/// <summary>A wish to play (or publish) a stream.</summary>
/// <param name="Stream">Name of the stream: 1 to 128 of <c>A-Z a-z 0-9 . _ ~ -</c>.</param>
public sealed record SessionRequest(string Stream)
{
    /// <summary><c>play</c> or <c>publish</c>; null means play.</summary>
    public string? Kind { get; init; }

    /// <summary>The viewer's address, where a backend asks for him; null when the player asks for himself.</summary>
    public string? ClientIp { get; init; }

    /// <summary>Protocol to play with, such as <c>hls</c>; null for any.</summary>
    public string? Protocol { get; init; }

    /// <summary>The viewer's network, such as an ASN; null when not known.</summary>
    public string? Network { get; init; }

    /// <summary>Expected bit rate, bit/s; a hint that the scheduler bounds. Null when not known.</summary>
    public long? BitrateBps { get; init; }

    /// <summary>Nodes that shall not be named; null for none.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Token of the session that this one continues: the answer stays on its node when it can. Null for a new viewer.</summary>
    public string? PreviousToken { get; init; }

    /// <summary>Candidates wished for, in [1, 8]; null for the scheduler's default.</summary>
    public int? Want { get; init; }
}
