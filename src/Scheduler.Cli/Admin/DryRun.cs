namespace Scheduler.Cli.Admin;

/// <summary>What a change would do.</summary>
internal sealed record DryRun(long? Revision, IReadOnlyList<ChangeRow>? Changes, ForecastRow? Before, ForecastRow? After);
