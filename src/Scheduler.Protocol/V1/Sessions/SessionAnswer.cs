using Scheduler.Core.Sessions;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>The answer to a session that was placed, or moved by a failover, apart from its candidates.</summary>
public readonly ref struct SessionAnswer
{
    /// <summary>The session, as its token shall tell; its expiry is also <c>expires_at</c>.</summary>
    public required SessionClaims Claims { get; init; }

    /// <summary>First second at which the candidates' tickets no longer open anything, Unix s.</summary>
    public required uint TicketsExpireAtUnixS { get; init; }

    /// <summary>When the first candidate's place was taken, a number of <see cref="Core.Dispatch.AdmissionPeriod"/>; null when it was not for this answer.</summary>
    public byte? AdmittedIn { get; init; }

    /// <summary>Name of the stream; valid by <see cref="StreamName.IsValid"/>, and the claims carry its hash.</summary>
    public required ReadOnlySpan<byte> Stream { get; init; }

    /// <summary>Id of the viewer's cell, by <see cref="WireText.Encode"/>.</summary>
    public required ReadOnlySpan<byte> Cell { get; init; }

    /// <summary>When the player shall beat, s.</summary>
    public required int HeartbeatS { get; init; }

    /// <summary>Scheme and authority at which players are steered; empty when they are not known.</summary>
    public ReadOnlySpan<byte> SteeringBase { get; init; }

    /// <summary>The publishable key that the call came with, for the steering address; empty for none.</summary>
    public ReadOnlySpan<byte> SteeringKey { get; init; }

    /// <summary>Revision of the configuration that decided.</summary>
    public required long Revision { get; init; }

    /// <summary>How the answer came about.</summary>
    public required WireDecision Decision { get; init; }

    /// <summary>What a publisher is to his stream; null for a viewer.</summary>
    public WireRole? Role { get; init; }
}
