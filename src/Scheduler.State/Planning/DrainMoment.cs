using System.Collections.Immutable;
using Scheduler.Core.Drains;

namespace Scheduler.State.Planning;

/// <summary>A drain at one moment: what it does, what it costs, and what speaks against it.</summary>
/// <param name="At">The moment.</param>
/// <param name="Preview">What it does to the plan.</param>
/// <param name="CostPerHour">What it adds to the bill of an hour, in units of the tariffs; below 0 where it saves.</param>
/// <param name="Refusals">What speaks against it at that moment.</param>
public sealed record DrainMoment(DateTimeOffset At, DrainPreview Preview, double CostPerHour, ImmutableArray<DrainRefusal> Refusals);
