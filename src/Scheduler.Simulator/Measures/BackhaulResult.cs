using System.Collections.Immutable;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Measures;

/// <summary>What went on behind the edge: publishers, pulls and links. Of the measured time alone.</summary>
public sealed record BackhaulResult
{
    /// <summary>Who named the parents.</summary>
    public required ParentRule Parents { get; init; }

    /// <summary>What was pulled over links and other ways between sites, Gbit.</summary>
    public required double PullGbit { get; init; }

    /// <summary>What of it went from one region to another, Gbit.</summary>
    public required double CrossingGbit { get; init; }

    /// <summary>What of it IDCs pulled from IDCs, Gbit.</summary>
    public required double RelayGbit { get; init; }

    /// <summary>Mean round-trip time of the path from a node with viewers to where the stream comes in, its hops added up, ms.</summary>
    public required double PathMs { get; init; }

    /// <summary>The same over the shortest path that the ways allow.</summary>
    public required double PathExcessMs { get; init; }

    /// <summary>Pulls over the fewest that would have brought every stream where it was watched.</summary>
    public required double PullsOverFewest { get; init; }

    /// <summary>Links times seconds beyond capacity.</summary>
    public required double OverloadLinkSeconds { get; init; }

    /// <summary>Highest load over capacity of a link.</summary>
    public required double PeakLinkUtilisation { get; init; }

    /// <summary>Streams times seconds without a home that the scheduler knows.</summary>
    public required double HomelessStreamSeconds { get; init; }

    /// <summary>Most streams without a home in any tick.</summary>
    public required int MostHomeless { get; init; }

    /// <summary>Streams at nodes times seconds that nothing fed.</summary>
    public required double UnfedSeconds { get; init; }

    /// <summary>Publishers there were.</summary>
    public required int Publishers { get; init; }

    /// <summary>Times that one was told to send elsewhere.</summary>
    public required int PublisherMoves { get; init; }

    /// <summary>How often each was who was told so at all; null when nobody was.</summary>
    public required double? MovesPerPublisher { get; init; }

    /// <summary>Times that a node was given another parent while its own was still there.</summary>
    public required long Reparents { get; init; }

    /// <summary>Times that a node was to pull from somebody who pulls from it.</summary>
    public required long Loops { get; init; }

    /// <summary>What became of each drained IDC's publishers and pulls.</summary>
    public required ImmutableArray<PullDrainResult> Drains { get; init; }
}
