using System.Collections.Immutable;

namespace Scheduler.Protocol.Redirects;

/// <summary>The answer to a redirect that is asked for as JSON: one of the two members.</summary>
public sealed record RedirectMessage
{
    /// <summary>Where the viewer would be redirected.</summary>
    public string? Location { get; init; }

    /// <summary>The same, and where he could go else, best first.</summary>
    public ImmutableArray<string>? Locations { get; init; }
}
