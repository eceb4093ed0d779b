using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>The last plan, in memory.</summary>
/// <param name="leadership">Judges fences.</param>
public sealed class MemoryPlanLog(MemoryLeadership leadership) : IPlanLog
{
    private volatile StoredPlan? _plan;

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(StoredPlan plan, CancellationToken cancellation) =>
        new(leadership.TryUnder(plan.Fence, () => _plan = plan with { At = Timestamps.Rounded(plan.At), Content = plan.Content.ToArray() }));

    /// <inheritdoc/>
    public ValueTask<StoredPlan?> ReadAsync(CancellationToken cancellation) => new(_plan);
}
