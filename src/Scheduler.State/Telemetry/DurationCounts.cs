using System.Collections.Immutable;

namespace Scheduler.State.Telemetry;

/// <summary>Durations so far, counted by how long they were.</summary>
/// <param name="Bounds">Upper bounds of the buckets, rising, s; a duration at a bound belongs to it. One more bucket, without a bound, holds what is longer.</param>
/// <param name="Counts">Durations in each bucket, that without a bound last.</param>
/// <param name="Seconds">All durations together, s.</param>
public sealed record DurationCounts(ImmutableArray<double> Bounds, ImmutableArray<long> Counts, double Seconds);
