using System.Net;

namespace Scheduler.Cli.Overload;

/// <summary>What <c>scheduler overload</c> offers.</summary>
internal sealed record OfferOptions
{
    /// <summary>The scheduler's address.</summary>
    public required Uri Url { get; init; }

    /// <summary>Where its connections go.</summary>
    public required EndPoint Endpoint { get; init; }

    /// <summary>New sessions a second, whatever the answers.</summary>
    public required int Rate { get; init; }

    /// <summary>Kept-alive connections, each with one request at a time.</summary>
    public required int Connections { get; init; }

    /// <summary>Time before anything is counted.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Time that is counted.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long a viewer waits for a free connection before he gives up.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Names the streams and addresses.</summary>
    public required int Seed { get; init; }

    /// <summary>API key; null for none.</summary>
    public required string? Key { get; init; }
}
