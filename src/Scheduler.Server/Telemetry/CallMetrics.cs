using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Control;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of players' calls and what became of them.</summary>
internal sealed class CallMetrics(Counters counters, CallMeter meter, SessionTable sessions, ControlLoop control) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family(CallMeter.Name, MetricKind.Histogram, "How long calls take inside, by call; what they wait for before and what the network takes are not in it");
        foreach ((string call, var durations) in meter.All) sink.Durations(durations.Read(), new MetricLabel("call", call));
        sink.Family("scheduler_decisions_total", MetricKind.Counter, "Sessions asked for, by outcome");
        foreach (DispatchOutcome outcome in Enum.GetValues<DispatchOutcome>()) sink.Sample(counters.Decisions(outcome), MetricLabel.Of("outcome", outcome));
        sink.Family("scheduler_beats_total", MetricKind.Counter, "Beats answered, by action");
        foreach (BeatAction action in Enum.GetValues<BeatAction>()) sink.Sample(counters.Beats(action), MetricLabel.Of("action", action));
        sink.Family("scheduler_failovers_total", MetricKind.Counter, "Failovers answered, by action");
        foreach (BeatAction action in Enum.GetValues<BeatAction>()) sink.Sample(counters.Failovers(action), MetricLabel.Of("action", action));
        sink.Family("scheduler_refused_tokens_total", MetricKind.Counter, "Tokens that were not valid, by verdict");
        foreach (TokenVerdict verdict in Enum.GetValues<TokenVerdict>().Where(v => v != TokenVerdict.Valid))
            sink.Sample(counters.RefusedTokens(verdict), MetricLabel.Of("verdict", verdict));
        sink.Family("scheduler_sessions", MetricKind.Gauge, "Live sessions of this replica");
        sink.Sample(sessions.Count);
        sink.Family("scheduler_sessions_ended_total", MetricKind.Counter, "Sessions that ended, by cause");
        sink.Sample(counters.ClosedSessions, new MetricLabel("cause", "closed"));
        sink.Sample(control.Expired, new MetricLabel("cause", "expired"));
        if (control.Rtts is not { } book) return;
        sink.Family("scheduler_rtt_samples_total", MetricKind.Counter, "Round-trip times that players measured, by what became of them");
        sink.Sample(book.Taken, new MetricLabel("fate", "taken"));
        sink.Sample(book.Dropped, new MetricLabel("fate", "dropped"));
        sink.Sample(book.Rejected, new MetricLabel("fate", "rejected"));
        sink.Family("scheduler_rtt_pairs", MetricKind.Gauge, "Pairs of cell and site whose learnt round-trip time is in use");
        sink.Sample(book.Pairs);
    }
}
