using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>
/// <c>GET /v1/admin/watch</c>: what changes, as server-sent events: revisions, from the store in their order, and how drains go on and degraded modes begin and end.
/// </summary>
internal sealed class WatchEndpoints(
    RevisionFeed feed, OperationsFeed operations, ConfigurationCentre centre, IRevisionStore revisions, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Most callers that follow at once.</summary>
    public const int MostFollowers = 64;

    /// <summary>Most revisions that are read at once, for who has missed many.</summary>
    private const int Batch = 100;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How far a follower has heard.</summary>
    private record struct Place(long Revision, long Event);

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/watch", FollowAsync).RequireRole(AdminRole.Viewer)
        .WithSummary("Every new revision, how drains go on, and degraded modes as server-sent events; Last-Event-ID, or ?after=, names the last one that the caller has.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);

    private async Task<IResult> FollowAsync(HttpContext context, CancellationToken cancellation)
    {
        if (ReadStart(context.Request) is not { } start) return Problem.MalformedRequest("Last-Event-ID, or ?after=, must be the id of an event: the number of a revision for one.");
        if (!operations.TryEnter(MostFollowers))
        {
            context.Response.Headers.RetryAfter = "15";
            return Problem.Overloaded($"{MostFollowers} callers follow already.");
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        try
        {
            if (!await SendAsync(context, start, ended.Token))
            {
                operations.CountDropped();
                context.Abort();
            }
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
            operations.Leave();
        }
        return Results.Empty;
    }

    /// <summary>Sends until the caller leaves, which is an exception, or does not keep up.</summary>
    /// <returns>False when he did not keep up.</returns>
    private async Task<bool> SendAsync(HttpContext context, Place place, CancellationToken cancellation)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies that collect answers would hold events back
        var stream = new EventStream(context.Response.Body, clock);
        if (!await stream.TryBeginAsync(cancellation)) return false;
        while (true)
        {
            Task changed = feed.Next, told = operations.Next;
            if (await SendRevisionsAsync(stream, place.Revision, cancellation) is not { } revision) return false;
            if (await SendEventsAsync(stream, place.Event, revision, cancellation) is not { } number) return false;
            place = new Place(revision, number);
            try
            {
                await Task.WhenAny(changed, told).WaitAsync(Heartbeat, clock, cancellation);
            }
            catch (TimeoutException)
            {
                if (!await stream.TryCommentAsync("still here", cancellation)) return false;
            }
        }
    }

    private async Task<long?> SendRevisionsAsync(EventStream stream, long last, CancellationToken cancellation)
    {
        while (last < centre.Current.Revision)
        {
            // Numbers have no gaps: those after the last one are a page that ends where the next batch would begin.
            ImmutableArray<Revision> page = await revisions.ListAsync(new RevisionQuery(last + Batch + 1, Batch), cancellation);
            foreach (Revision revision in page.Reverse().SkipWhile(revision => revision.Number <= last))
            {
                string json = JsonSerializer.Serialize(RevisionEndpoints.Message(revision), AdminJson.Wire.RevisionMessage);
                if (!await stream.TrySendAsync(revision.Number.ToString(CultureInfo.InvariantCulture), "revision", json, cancellation)) return null;
                last = revision.Number;
            }
            if (page.IsEmpty) break;
        }
        return last;
    }

    private async Task<long?> SendEventsAsync(EventStream stream, long last, long revision, CancellationToken cancellation)
    {
        ImmutableArray<WatchEvent> events = operations.Read(last, out bool forgotten);
        if (forgotten)
        {
            await stream.TryCommentAsync($"dropped: more than {OperationsFeed.Kept} events behind; read /v1/admin/status and /drains, and follow anew without Last-Event-ID", cancellation);
            return null;
        }
        foreach (WatchEvent told in events)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{revision}.{told.Number}");
            if (!await stream.TrySendAsync(id, told.Type, told.Json, cancellation)) return null;
            last = told.Number;
        }
        return last;
    }

    /// <summary>
    /// Without a start, what comes from now on is told; a number that is not there yet, of a store before a restore perhaps, counts as now. Null for what is no id.
    /// </summary>
    private Place? ReadStart(HttpRequest request)
    {
        var now = new Place(centre.Current.Revision, operations.Last);
        string? text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header : request.Query["after"];
        if (text is null) return now;
        string[] parts = text.Split('.', 2);
        if (!TryReadNumber(parts[0], out long revision)) return null;
        if (parts.Length == 1) return new Place(Math.Min(now.Revision, revision), operations.BeforeAllSince(revision));
        return TryReadNumber(parts[1], out long number) ? new Place(Math.Min(now.Revision, revision), Math.Min(now.Event, number)) : null;
    }

    private static bool TryReadNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
