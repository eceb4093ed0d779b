using System.Collections.Immutable;
using Scheduler.State.Drains;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>What pages are told of one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Revision">The configuration in force.</param>
/// <param name="Rows">The sites, by id.</param>
/// <param name="Drains">How drains go on.</param>
/// <param name="Degraded">How many degraded modes hold.</param>
/// <param name="Simulations">Id, progress in thousandths and phase of what is simulated.</param>
internal sealed record LiveState(
    DateTimeOffset At, long Revision, ImmutableArray<SiteRow> Rows, ImmutableArray<DrainProgress> Drains, int Degraded, ImmutableArray<(string Id, int Permille, string Phase)> Simulations);
