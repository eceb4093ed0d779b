using System.Diagnostics;
using System.Globalization;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry.Tracing;

/// <summary>
/// The span of one HTTP call: part of the caller's trace where he sends one (W3C Trace Context: <c>traceparent</c>, <c>tracestate</c>). It names the call and how it ended,
/// never an address, a key, a token or a query.
/// </summary>
internal static class CallSpan
{
    /// <summary>Begins it.</summary>
    /// <param name="name">What is called.</param>
    /// <param name="request">The request.</param>
    /// <returns>Null where nobody listens, or the trace is not sampled.</returns>
    public static Activity? Start(string name, HttpRequest request)
    {
        // A header that cannot be read is passed over, and a trace begins here, as the standard wants it.
        _ = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out ActivityContext parent);
        Activity? span = SchedulerInstruments.Spans.StartActivity(name, ActivityKind.Server, parent);
        return span?.SetTag("http.request.method", request.Method);
    }

    /// <summary>Notes how the call was answered; only the server's own failures are errors of the span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="status">The status of the answer.</param>
    public static void End(this Activity span, int status)
    {
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error, status.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Notes where a decision sends the viewer of the call, where its span is recorded.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="cell">Dense index of the viewer's cell.</param>
    /// <param name="decision">The decision.</param>
    public static void Note(RoutingSnapshot snapshot, int cell, in Decision decision)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span) return;
        span.SetTag("scheduler.outcome", MetricLabel.Of("", decision.Outcome).Value);
        span.SetTag("scheduler.cell", snapshot.Candidates.Cells[cell].Id);
        span.SetTag("scheduler.revision", snapshot.Revision);
        if (!decision.Refused) span.SetTag("scheduler.site", snapshot.Fleet.Sites[decision[0].Site]?.Site.Id);
    }
}
