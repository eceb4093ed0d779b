using Microsoft.AspNetCore.Http.Metadata;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Telemetry;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>The calls of players and nodes. Their handlers read and write bytes; what they take and give is told to the OpenAPI document here.</summary>
internal static class PlayerApi
{
    /// <summary>Maps the calls, the busiest of them in the fast lane too.</summary>
    public static void MapPlayers(this IEndpointRouteBuilder app, IServiceProvider services, FastLane lane)
    {
        PlayerDesk desk = services.GetRequiredService<PlayerDesk>();
        AdmissionGate gate = services.GetRequiredService<AdmissionGate>();
        CallMeter meter = services.GetRequiredService<CallMeter>();
        app.MapPlayer(HttpMethods.Post, "/v1/sessions", lane.Add("/v1/sessions", gate.Guard(CallClass.Session, meter.Measure("open", new OpenEndpoint(desk).InvokeAsync))))
            .WithSummary("Where to play, or to publish: candidates in order, the first one's slot held.")
            .Describe<SessionRequestMessage, SessionAnswerMessage>(StatusCodes.Status201Created);
        app.MapPlayer(HttpMethods.Post, "/v1/sessions/heartbeat", lane.Add("/v1/sessions/heartbeat", gate.Guard(CallClass.Beat, meter.Measure("heartbeat", new HeartbeatEndpoint(desk).InvokeAsync))))
            .WithSummary("Still playing: stay, or move to other candidates.")
            .Describe<HeartbeatRequestMessage, HeartbeatAnswerMessage>(StatusCodes.Status200OK);
        app.MapPlayer(HttpMethods.Post, "/v1/sessions/failover", gate.Guard(CallClass.Beat, meter.Measure("failover", new FailoverEndpoint(desk).InvokeAsync)))
            .WithSummary("A node failed: other candidates.")
            .Describe<FailoverRequestMessage, SessionAnswerMessage>(StatusCodes.Status200OK);
        app.MapPlayer(HttpMethods.Delete, "/v1/sessions", gate.Guard(CallClass.Beat, meter.Measure("close", new CloseEndpoint(desk).InvokeAsync)))
            .WithSummary("The viewer leaves; the token travels in X-Session-Token.")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent));
        app.MapPlayer(HttpMethods.Post, "/v1/sessions:batch", gate.Guard(CallClass.Session, meter.Measure("batch", new BatchEndpoint(desk).InvokeAsync)))
            .WithSummary("Up to 1,000 sessions at once, answered in order.")
            .Describe<SessionBatchRequestMessage, SessionBatchAnswerMessage>(StatusCodes.Status200OK);
        app.MapPlayer(HttpMethods.Get, "/v1/dispatch", gate.Guard(CallClass.Session, meter.Measure("look", new LookEndpoint(desk).InvokeAsync)))
            .WithSummary("Where a session would go, holding nothing: stream, client_ip, kind, protocol, want as query.")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(DispatchAnswerMessage), ["application/json"]));
        foreach (string path in (ReadOnlySpan<string>)["/v1/sessions", "/v1/sessions/{action}", "/v1/sessions:batch", "/v1/dispatch"])
            app.MapMethods(path, [HttpMethods.Options], Preflight).ExcludeFromDescription();
        app.MapPlayer(HttpMethods.Post, "/v1/reports", lane.Add("/v1/reports", gate.Guard(CallClass.Report, meter.Measure("report", new ReportsEndpoint(services.GetRequiredService<ReportDesk>()).InvokeAsync))))
            .WithTags("nodes").WithSummary("What nodes say of themselves, up to 5,000 at once.")
            .Describe<ReportBatchMessage, ReportAnswerMessage>(StatusCodes.Status200OK);
    }

    /// <summary>Maps one call. Its method is told too: without it the OpenAPI document passes over a handler that takes the bare context.</summary>
    private static IEndpointConventionBuilder MapPlayer(this IEndpointRouteBuilder app, string method, string path, RequestDelegate handler) =>
        app.MapMethods(path, [method], handler).WithMetadata(handler.Method).WithTags("players");

    private static IEndpointConventionBuilder Describe<TRequest, TAnswer>(this IEndpointConventionBuilder endpoint, int status)
        where TRequest : notnull => endpoint
            .WithMetadata(new AcceptsMetadata(["application/json", "*/*"], typeof(TRequest)))
            .WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TAnswer), ["application/json"]));

    /// <summary>Browsers ask before they send JSON from another origin; player calls are open to all.</summary>
    private static Task Preflight(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, X-Session-Token";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
