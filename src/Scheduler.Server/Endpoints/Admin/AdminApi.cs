using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.Telemetry.Tracing;
using Scheduler.State.Auditing;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>The part of the admin API that changes the configuration: fleet, policy, node states, drains, revisions, keys.</summary>
public static class AdminApi
{
    /// <summary>Where the admin API lies.</summary>
    public const string Root = "/v1/admin";

    /// <summary>
    /// Adds what the calls need. The host adds the rest itself: <see cref="State.ConfigurationCentre"/>, <see cref="State.Control.ControlLoop"/> and its
    /// <see cref="State.Drains.DrainLoop"/>, <see cref="State.ConfigurationInForce"/>, <see cref="State.Drains.LocalDrainBook"/>, <see cref="Hosting.ClusterOptions"/>,
    /// <see cref="State.Ports.IRevisionStore"/>,
    /// <see cref="Security.KeyRegistry"/>, <see cref="Security.Authenticator"/>, <see cref="Security.TokenKeys"/>,
    /// <see cref="State.Ports.IAuditLog"/>, <see cref="State.RevisionFeed"/> and <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<FleetEndpoints>();
        services.AddSingleton<PolicyEndpoints>();
        services.AddSingleton<ZonesEndpoints>();
        services.AddSingleton<NodeEndpoints>();
        services.AddSingleton<DrainEndpoints>().AddSingleton<DrainPreviewEndpoint>().AddSingleton<DrainDesk>().AddSingleton<DrainJudge>().AddSingleton<LocalDrains>().AddSingleton<PreviewBook>();
        services.AddSingleton<RevisionEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<TicketKeyEndpoints>();
        services.AddSingleton<TokenKeyEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<WatchEndpoints>().AddSingleton(provider => new OperationsFeed(provider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds()));
        services.AddSingleton<AuditTrail>();

        // For the OpenAPI document, which describes the messages as the host's serializer sees them.
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default);
        });
        return services;
    }

    /// <summary>Maps the calls.</summary>
    /// <param name="app">The application, with the services of <see cref="AddAdmin"/>.</param>
    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder admin = app.MapAdminGroup();
        IServiceProvider services = app.ServiceProvider;
        services.GetRequiredService<FleetEndpoints>().Map(admin);
        services.GetRequiredService<PolicyEndpoints>().Map(admin);
        services.GetRequiredService<ZonesEndpoints>().Map(admin);
        services.GetRequiredService<NodeEndpoints>().Map(admin);
        services.GetRequiredService<DrainEndpoints>().Map(admin);
        services.GetRequiredService<DrainPreviewEndpoint>().Map(admin);
        services.GetRequiredService<RevisionEndpoints>().Map(admin);
        services.GetRequiredService<KeyEndpoints>().Map(admin);
        services.GetRequiredService<TicketKeyEndpoints>().Map(admin);
        services.GetRequiredService<TokenKeyEndpoints>().Map(admin);
        services.GetRequiredService<AuditEndpoints>().Map(admin);
        services.GetRequiredService<WatchEndpoints>().Map(admin);
    }

    /// <summary>What all calls of the admin API have in common: every one is recorded, and none shows the inside of a failure.</summary>
    internal static RouteGroupBuilder MapAdminGroup(this IEndpointRouteBuilder app) => app.MapGroup(Root).WithTags("admin")
        .AddEndpointFilter<RouteGroupBuilder, SpanFilter>().AddEndpointFilter<RouteGroupBuilder, AuditFilter>().AddEndpointFilter<RouteGroupBuilder, FailureFilter>();

    /// <summary>
    /// Tells the OpenAPI document what an endpoint takes. It takes any media type as far as routing is concerned, which would else refuse a wrong one
    /// without saying why; <see cref="RequestBody"/> refuses it with problem details.
    /// </summary>
    internal static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : notnull
        => endpoint.Accepts<T>(isOptional: true, "application/json", "*/*");

    /// <summary>Tells the OpenAPI document which errors an endpoint has, beside 401 and 403.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in (ReadOnlySpan<int>)[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, .. statuses])
        {
            endpoint.Produces<ProblemMessage>(status, Problem.ContentType);
        }

        return endpoint;
    }
}
