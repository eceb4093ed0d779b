using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>GET /v1/admin/watch</c>: the changes of the configuration as server-sent events (WHATWG HTML, section 9.2), from the store in their order.</summary>
internal sealed class WatchEndpoints(RevisionFeed feed, ConfigurationCentre centre, IRevisionStore revisions, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Most callers that follow at once.</summary>
    public const int MostFollowers = 64;

    /// <summary>Most revisions that are read at once, for who has missed many.</summary>
    private const int Batch = 100;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private int _followers;

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/watch", FollowAsync).RequireRole(AdminRole.Viewer)
        .WithSummary("Every new revision as a server-sent event; Last-Event-ID, or ?after=, names the last one that the caller has.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);

    private async Task<IResult> FollowAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!TryReadStart(context.Request, out long last)) return Problem.MalformedRequest("Last-Event-ID, or ?after=, must be the number of a revision.");
        if (Interlocked.Increment(ref _followers) > MostFollowers)
        {
            Interlocked.Decrement(ref _followers);
            context.Response.Headers.RetryAfter = "15";
            return Problem.Overloaded($"{MostFollowers} callers follow already.");
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        try
        {
            await SendAsync(context, last, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller left, or this process ends: he comes back with his Last-Event-ID, to whoever answers then.
        }
        catch (IOException)
        {
            context.Abort(); // the store failed after the answer had begun; he comes back
        }
        finally
        {
            Interlocked.Decrement(ref _followers);
        }
        return Results.Empty;
    }

    private async Task SendAsync(HttpContext context, long last, CancellationToken cancellation)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies that collect answers would hold events back
        await context.Response.WriteAsync("retry: 2000\n\n", cancellation);
        await context.Response.Body.FlushAsync(cancellation);
        while (true)
        {
            Task changed = feed.Next;
            last = await SendNewAsync(context.Response, last, cancellation);
            try
            {
                await changed.WaitAsync(Heartbeat, clock, cancellation);
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(": still here\n\n", cancellation);
                await context.Response.Body.FlushAsync(cancellation);
            }
        }
    }

    private async Task<long> SendNewAsync(HttpResponse response, long last, CancellationToken cancellation)
    {
        while (last < centre.Current.Revision)
        {
            // Numbers have no gaps: those after the last one are a page that ends where the next batch would begin.
            ImmutableArray<Revision> page = await revisions.ListAsync(new RevisionQuery(last + Batch + 1, Batch), cancellation);
            foreach (Revision revision in page.Reverse().SkipWhile(revision => revision.Number <= last))
            {
                string json = JsonSerializer.Serialize(RevisionEndpoints.Message(revision), AdminJson.Wire.RevisionMessage);
                await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {revision.Number}\nevent: revision\ndata: {json}\n\n"), cancellation);
                last = revision.Number;
            }
            await response.Body.FlushAsync(cancellation);
            if (page.IsEmpty) break;
        }
        return last;
    }

    /// <summary>Without a start, what comes from now on is told; a number that is not there yet, of a store before a restore perhaps, counts as now.</summary>
    private bool TryReadStart(HttpRequest request, out long last)
    {
        last = centre.Current.Revision;
        string? text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header : request.Query["after"];
        if (text is null) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seen)) return false;
        last = Math.Min(last, seen);
        return true;
    }
}
