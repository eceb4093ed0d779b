using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mime;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.Server.OperatorConsole.Maps;
using Scheduler.Server.OperatorConsole.Pages;
using Scheduler.Server.Security;
using Scheduler.State.Planning;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>What the scripts of the pages ask: the stream of the present, moments of the last hour, and where a site's viewers are.</summary>
internal sealed class LiveEndpoints(
    LiveHub hub, LiveService service, SiteBoard board, SiteHistory history, PlanLoop plans, Doorman doorman, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Maps the calls.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Events, FollowAsync).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Root + "/past", Past).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Root + "/flows", Flows).RequireVisitor(AdminRole.Viewer);
    }

    private async Task<IResult> FollowAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!hub.TryEnter())
        {
            context.Response.Headers.RetryAfter = "15";
            return Problem.Overloaded($"{LiveHub.MostListeners} pages listen already.");
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        try
        {
            if (!await SendAsync(context, ended.Token)) context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The page was left, or this process ends: the browser comes back by itself, to whoever answers then.
        }
        catch (IOException)
        {
            context.Abort();
        }
        finally
        {
            hub.Leave();
        }
        return Results.Empty;
    }

    /// <summary>Sends until the page is left, which is an exception, does not keep up, or may not be told any more.</summary>
    private async Task<bool> SendAsync(HttpContext context, CancellationToken cancellation)
    {
        PageHeaders.SetForAll(context.Response);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies that collect answers would hold events back
        var stream = new EventStream(context.Response.Body, clock);
        Task next = hub.Latest.Next;
        if (!await stream.TryBeginAsync(cancellation) || !await stream.TrySendAsync(service.Write(), cancellation)) return false;
        while (true)
        {
            await next.WaitAsync(cancellation);
            (ReadOnlyMemory<byte> message, next) = hub.Latest;
            // A session that ends, or whose key is revoked, ends with what it was told.
            if (doorman.Visitor(context) is null || !await stream.TrySendAsync(message, cancellation)) return false;
        }
    }

    private IResult Past(string? steps) => int.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out int ago) && history.Past(ago) is var (at, sites)
        ? Json(LiveMessage.Past(board.Rows(), at, sites))
        : Problem.NotFound("The history does not go back so far.");

    private IResult Flows(string? site)
    {
        ImmutableArray<Flow> flows = site is not null && plans.Status is { } status ? SiteFlows.Of(status.InForce, site) : [];
        return Json(SiteFlows.Json(flows));
    }

    private static IResult Json(byte[] json) => Results.Bytes(json, MediaTypeNames.Application.Json);
}
