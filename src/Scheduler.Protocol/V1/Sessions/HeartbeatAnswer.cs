using Scheduler.Core.Sessions;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>The answer to a beat, apart from the candidates of a move.</summary>
public readonly ref struct HeartbeatAnswer
{
    /// <summary>The session, as its renewed token shall tell.</summary>
    public required SessionClaims Claims { get; init; }

    /// <summary>Name of the stream; the claims carry its hash.</summary>
    public required ReadOnlySpan<byte> Stream { get; init; }

    /// <summary>When the player shall beat next, s.</summary>
    public required int HeartbeatS { get; init; }

    /// <summary>When the first candidate's place was taken, as in <see cref="SessionAnswer.AdmittedIn"/>.</summary>
    public byte? AdmittedIn { get; init; }
}
