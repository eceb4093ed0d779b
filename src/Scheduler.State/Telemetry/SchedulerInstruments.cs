using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Scheduler.State.Telemetry;

/// <summary>The names under which the scheduler measures itself: what listens to them, in this process, hears every span and every duration.</summary>
public static class SchedulerInstruments
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Scheduler";

    /// <summary>Where spans begin. Without a listener a span costs one read and is none.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>Where durations are told, one by one, to whoever listens.</summary>
    internal static Meter Meter { get; } = new(Name);
}
