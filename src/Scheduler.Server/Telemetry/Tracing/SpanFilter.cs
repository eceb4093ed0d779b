using System.Diagnostics;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry.Tracing;

/// <summary>Makes each call of the admin API that is traced a span, by its route.</summary>
internal sealed class SpanFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        SchedulerInstruments.Spans.HasListeners() ? TraceAsync(context, next) : next(context);

    private static async ValueTask<object?> TraceAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        string route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        using Activity? span = CallSpan.Start($"{http.Request.Method} {route}", http.Request);
        object? result = await next(context);
        span?.End(result is IStatusCodeHttpResult { StatusCode: { } status } ? status : http.Response.StatusCode);
        return result;
    }
}
