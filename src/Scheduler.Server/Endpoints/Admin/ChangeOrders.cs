using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Makes the order of a change from the request that asks for it.</summary>
internal static class ChangeOrders
{
    /// <summary>The order: its author is the caller, and it is a dry run where <c>?dry_run=true</c> says so. The audit log is told the reason.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">Why.</param>
    /// <param name="expected">The revision that it must build upon; null for any.</param>
    /// <param name="mark">The repeatable request that asks; null when it is none.</param>
    public static ChangeOrder Order(this HttpContext context, string reason, long? expected = null, RequestMark? mark = null)
    {
        if (context.Features.Get<AuditNote>() is { } note) note.Reason = reason;
        return new ChangeOrder(context.GetCaller().Name, reason, expected, mark) { IsDryRun = context.Features.Get<DryRunFeature>() is not null };
    }

    /// <summary>Lets an endpoint be asked for a dry run. Who spells <c>dry_run</c> wrongly must not find that the change was made.</summary>
    /// <param name="endpoint">An endpoint that changes the configuration by <see cref="Order"/>.</param>
    public static RouteHandlerBuilder MayRunDry(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(static (invocation, next) =>
        {
            HttpContext context = invocation.HttpContext;
            switch (context.Request.Query["dry_run"].ToString())
            {
                case "":
                case "false":
                    return next(invocation);
                case "true":
                    context.Features.Set(new DryRunFeature());
                    return next(invocation);
                default:
                    return ValueTask.FromResult<object?>(Problem.MalformedRequest(
                        "A query parameter is at fault; nothing was changed.", new ProblemFieldMessage("dry_run", "must be true or false")));
            }
        })
        .WithDescription("With ?dry_run=true nothing is changed: the answer is 200 with the differences, and what the planner expects before and after.");
}
