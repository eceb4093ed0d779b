using System.Collections.Immutable;
using Scheduler.Core.Upstreams;

namespace Scheduler.Simulator.Backhauls;

/// <summary>What a report says of pulls and publishers.</summary>
/// <param name="Node">Who made it.</param>
/// <param name="Pulls">What it pulls, by way.</param>
/// <param name="Arriving">Hashes of the streams that arrive there from their publishers.</param>
internal readonly record struct PullReport(int Node, PullLoad[] Pulls, ImmutableArray<ulong> Arriving);
