using Scheduler.Protocol.Redirects;
using Scheduler.Protocol.Steering;
using Scheduler.Server.Endpoints.Redirects;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>The calls of players that speak no API of ours: Content Steering, and redirects.</summary>
internal static class SteeringApi
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the calls, steering in the fast lane too.</summary>
    public static void MapSteering(this IEndpointRouteBuilder app, IServiceProvider services, FastLane lane)
    {
        RequestDelegate steer = lane.AddGets(SteeringText.PathPrefix, services.GetRequiredService<SteeringEndpoint>().InvokeAsync);
        foreach (string protocol in (ReadOnlySpan<string>)["hls", "dash"])
        {
            string path = $"{SteeringText.PathPrefix}{protocol}/{{stream}}";
            app.MapMethods(path, Reads, steer).WithMetadata(steer.Method).WithTags("players")
                .WithSummary("The order of pathways for a viewer: a Content Steering manifest.")
                .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(SteeringManifestMessage), [SteeringText.ContentType]));
            app.MapMethods(path, [HttpMethods.Options], Preflight).ExcludeFromDescription();
        }
        RequestDelegate redirect = services.GetRequiredService<AdmissionGate>().Guard(CallClass.Session, ActivatorUtilities.CreateInstance<RedirectEndpoint>(services).InvokeAsync);
        foreach (string path in (ReadOnlySpan<string>)["/r/{stream}", "/r/{stream}/{**path}"])
        {
            app.MapMethods(path, Reads, redirect).WithMetadata(redirect.Method).WithTags("players")
                .WithSummary("Redirects to a node, path and query kept; format=json and trred=false answer with the address instead.")
                .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status302Found))
                .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(RedirectMessage), ["application/json"]));
            app.MapMethods(path, [HttpMethods.Options], Preflight).ExcludeFromDescription();
        }
    }

    /// <summary>Players ask before they send fields of their own; no call of these needs any, and each may have them.</summary>
    private static Task Preflight(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "*, Authorization";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
