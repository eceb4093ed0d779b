using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>The answer to a question that holds nothing, apart from its candidates.</summary>
public readonly ref struct DispatchAnswer
{
    /// <summary>Name of the stream; valid by <see cref="StreamName.IsValid"/>.</summary>
    public required ReadOnlySpan<byte> Stream { get; init; }

    /// <summary>Plays or publishes.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>Protocol that was asked for; <see cref="StreamProtocols.None"/> when any will do.</summary>
    public required StreamProtocols Protocol { get; init; }

    /// <summary>Id of the viewer's cell, by <see cref="WireText.Encode"/>.</summary>
    public required ReadOnlySpan<byte> Cell { get; init; }

    /// <summary>Revision of the configuration that decided.</summary>
    public required long Revision { get; init; }

    /// <summary>How the answer came about.</summary>
    public required WireDecision Decision { get; init; }
}
