using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Server.Endpoints.Reports;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>The calls of players and nodes. Their handlers read and write bytes; what they take and give is told to the OpenAPI document here.</summary>
internal static class PlayerApi
{
    /// <summary>The document leaves out endpoints of which it does not know a method; any with the shape of a <see cref="RequestDelegate"/> will do.</summary>
    private static readonly MethodInfo Handler = ((RequestDelegate)Preflight).Method;

    /// <summary>Maps the calls.</summary>
    public static void MapPlayers(this IEndpointRouteBuilder app, IServiceProvider services)
    {
        PlayerDesk desk = services.GetRequiredService<PlayerDesk>();
        app.MapPost("/v1/sessions", new OpenEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("Where to play, or to publish: candidates in order, the first one's slot held.")
            .Describe<SessionRequestMessage, SessionAnswerMessage>(StatusCodes.Status201Created);
        app.MapPost("/v1/sessions/heartbeat", new HeartbeatEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("Still playing: stay, or move to other candidates.")
            .Describe<HeartbeatRequestMessage, HeartbeatAnswerMessage>(StatusCodes.Status200OK);
        app.MapPost("/v1/sessions/failover", new FailoverEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("A node failed: other candidates.")
            .Describe<FailoverRequestMessage, SessionAnswerMessage>(StatusCodes.Status200OK);
        app.MapDelete("/v1/sessions", new CloseEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("The viewer leaves; the token travels in X-Session-Token.")
            .Describe(StatusCodes.Status204NoContent);
        app.MapPost("/v1/sessions:batch", new BatchEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("Up to 1,000 sessions at once, answered in order.")
            .Describe<SessionBatchRequestMessage, SessionBatchAnswerMessage>(StatusCodes.Status200OK);
        app.MapGet("/v1/dispatch", new LookEndpoint(desk).InvokeAsync).WithTags("players")
            .WithSummary("Where a session would go, holding nothing.")
            .Describe(StatusCodes.Status200OK, typeof(DispatchAnswerMessage));
        app.MapMethods("/v1/{*path}", [HttpMethods.Options], Preflight).ExcludeFromDescription();
        app.MapPost("/v1/reports", ActivatorUtilities.CreateInstance<ReportsEndpoint>(services).InvokeAsync).WithTags("nodes")
            .WithSummary("What nodes say of themselves, up to 5,000 at once.")
            .Describe<ReportBatchMessage, ReportAnswerMessage>(StatusCodes.Status200OK);
    }

    private static IEndpointConventionBuilder Describe<TRequest, TAnswer>(this IEndpointConventionBuilder endpoint, int status)
        where TRequest : notnull => endpoint
            .Describe(status, typeof(TAnswer))
            .WithMetadata(new AcceptsMetadata(["application/json", "*/*"], typeof(TRequest)));

    private static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder endpoint, int status, Type? answer = null) => endpoint
        .WithMetadata(Handler)
        .WithMetadata(answer is null ? new ProducesResponseTypeMetadata(status) : new ProducesResponseTypeMetadata(status, answer, ["application/json"]));

    /// <summary>Browsers ask before they send JSON from another origin; player calls are open to all.</summary>
    private static Task Preflight(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, X-Session-Token";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = context.Request.Path.StartsWithSegments("/v1/admin") ? StatusCodes.Status403Forbidden : StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
