using Scheduler.Server.Security;
using Scheduler.State.Auditing;
using Scheduler.State.Ports;

namespace Scheduler.Server.Auditing;

/// <summary>
/// Has every call of the admin API recorded as its answer begins to leave, whatever it is: only then is its status final. Never the query or the body, which
/// may hold addresses of viewers.
/// </summary>
internal sealed class AuditFilter(AuditTrail trail, TimeProvider clock) : IEndpointFilter
{
    private const string DryRun = "?dry_run=true";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        http.Features.Set(new AuditNote());
        http.Response.OnStarting(static state =>
        {
            var (filter, answered) = ((AuditFilter, HttpContext))state;
            filter.Record(answered);
            return Task.CompletedTask;
        }, (this, http));
        return next(context);
    }

    private void Record(HttpContext http)
    {
        // A key that holds but is no admin's is named too: it is told from strangers, who could fill the log with names.
        Caller? caller = http.Features.Get<Caller>() is { IsKnown: true } known ? known : null;
        AuditNote note = http.Features.Get<AuditNote>()!;
        bool reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        bool dry = http.Features.Get<DryRunFeature>() is not null;
        int status = http.Response.StatusCode;
        string route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var record = new AuditRecord(
            clock.GetUtcNow(), caller?.Id ?? "", caller?.Name ?? "", caller?.Role?.ToString().ToLowerInvariant(),
            $"{http.Request.Method} {route}{(dry ? DryRun : "")}", caller is null ? null : TargetOf(http, note), status, reads || dry ? null : note.Revision, note.Reason);
        if (reads || status >= StatusCodes.Status400BadRequest) trail.Count(record);
        else trail.Change(record);
    }

    private static string? TargetOf(HttpContext http, AuditNote note)
    {
        if (http.Request.RouteValues.Values.FirstOrDefault() is string id) return id;
        // What was made is named by where it is.
        return http.Response.Headers.Location is [{ } location, ..] ? location[(location.LastIndexOf('/') + 1)..] : note.Target;
    }
}
