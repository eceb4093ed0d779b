using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What the guards say of a drain.</summary>
/// <param name="Outlook">What it would do; null where there is no plan to tell by. Then nothing that depends on load can refuse it.</param>
/// <param name="Refusals">What speaks against it.</param>
internal sealed record DrainVerdict(DrainOutlook? Outlook, ImmutableArray<DrainRefusal> Refusals)
{
    /// <summary>Demand that it would leave without capacity at the worst moment, Mbit/s.</summary>
    public double ShortMbps => Outlook?.Worst.Preview.ShortMbps ?? 0;

    /// <summary>The refusals in words, one after the other.</summary>
    public string Words => string.Join("; ", Refusals.Select(refusal => refusal.Detail));

    /// <summary>The guards by their names on the wire.</summary>
    public string Guards => string.Join(", ", Refusals.Select(refusal => WireNames.Of(refusal.Kind)));
}
