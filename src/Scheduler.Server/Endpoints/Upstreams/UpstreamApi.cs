using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Security;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary>The part of the admin API that tells how streams get from publishers to viewers.</summary>
internal sealed class UpstreamApi(StreamsView streams, LinksView links)
{
    /// <summary>Maps the calls.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        RouteGroupBuilder admin = app.MapAdminGroup();
        admin.MapGet("/streams", (HttpRequest request) => Page.Read(request, out IResult? problem) is { } page
                ? Results.Json(streams.List(page), AdminJson.Wire.StreamListMessage)
                : problem!).RequireRole(AdminRole.Viewer)
            .WithSummary("Streams, the most watched first: home, viewers, sites. ?cursor= &limit= page through them.")
            .Produces<StreamListMessage>().Refuses(StatusCodes.Status400BadRequest);
        admin.MapGet("/streams/{id}", (string id) => streams.Find(id) is { } stream
                ? Results.Json(stream, AdminJson.Wire.StreamMessage)
                : Problem.NotFound($"Nothing is known of a stream '{id}': no node reports viewers or a publisher of it.")).RequireRole(AdminRole.Viewer)
            .WithSummary("One stream: home, backups, relays, every site with its viewers and what the way there costs.")
            .Produces<StreamMessage>().Refuses(StatusCodes.Status404NotFound);
        admin.MapGet("/links", (HttpRequest request) => Page.Read(request, out IResult? problem) is { } page
                ? Results.Json(links.List(page, request.Query["site"] is [{ Length: > 0 } site, ..] ? site : null), AdminJson.Wire.LinkListMessage)
                : problem!).RequireRole(AdminRole.Viewer)
            .WithSummary("Links between IDCs and sites, the fullest first: capacity, load, price. ?site= chooses; ?cursor= &limit= page through them.")
            .Produces<LinkListMessage>().Refuses(StatusCodes.Status400BadRequest);
    }
}
