using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>What a change would do; nothing was changed.</summary>
/// <param name="DryRun">Always true.</param>
/// <param name="Revision">The revision that it would build upon.</param>
/// <param name="Changes">Every difference it would make; empty when it would make none, and no revision either.</param>
/// <param name="Before">What the planner expects as things are; absent before there is a plan.</param>
/// <param name="After">What it expects of the same demand after the change; absent before there is a plan, and when there would be nothing to plan.</param>
public sealed record DryRunMessage(
    bool DryRun, long Revision, ImmutableArray<ChangeMessage> Changes, ForecastMessage? Before = null, ForecastMessage? After = null);
