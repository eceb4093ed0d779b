using System.Diagnostics;
using Scheduler.Server.Telemetry.Tracing;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry;

/// <summary>Measures how long calls take inside, and makes each that is traced a span. Of a call that is not traced it reads the clock twice and counts once.</summary>
/// <param name="time">The clock.</param>
internal sealed class CallMeter(TimeProvider time)
{
    /// <summary>Name of the metric.</summary>
    public const string Name = "scheduler_call_duration_seconds";

    private static readonly double[] Bounds =
        [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

    private readonly List<(string Call, DurationHistogram Durations)> _all = [];

    /// <summary>What was measured, by call.</summary>
    public IReadOnlyList<(string Call, DurationHistogram Durations)> All => _all;

    /// <summary>A handler that is measured; to be called while calls are mapped, before the first request.</summary>
    /// <param name="call">Its name, <c>[a-z_]+</c>; each but once.</param>
    /// <param name="handler">The handler.</param>
    public RequestDelegate Measure(string call, RequestDelegate handler)
    {
        var durations = new DurationHistogram(time, Name, new(nameof(call), call), Bounds);
        _all.Add((call, durations));
        string span = "player " + call;
        return context =>
        {
            long began = durations.Now;
            if (SchedulerInstruments.Spans.HasListeners()) return TraceAsync(span, context, handler, durations, began);
            Task answering = handler(context);
            if (!answering.IsCompletedSuccessfully) return AwaitAsync(answering, durations, began);
            durations.Since(began);
            return answering;
        };
    }

    private static async Task AwaitAsync(Task answering, DurationHistogram durations, long began)
    {
        await answering;
        durations.Since(began);
    }

    private static async Task TraceAsync(string name, HttpContext context, RequestDelegate handler, DurationHistogram durations, long began)
    {
        using Activity? span = CallSpan.Start(name, context.Request);
        await handler(context);
        durations.Since(began);
        span?.End(context.Response.StatusCode);
    }
}
