using Scheduler.Server.Auditing;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.Server.OperatorConsole.Live;
using Scheduler.Server.OperatorConsole.Pages;
using Scheduler.Server.OperatorConsole.Simulations;

namespace Scheduler.Server.OperatorConsole;

/// <summary>The web console: pages over the services of the admin API, in the same process.</summary>
internal static class ConsoleServices
{
    /// <summary>Adds what it needs beside the admin API.</summary>
    /// <param name="services">The services.</param>
    /// <param name="keyFile">Where a first start puts the admin key.</param>
    public static IServiceCollection AddConsole(this IServiceCollection services, string keyFile)
    {
        services.AddSingleton<EndedSessions>().AddSingleton<SessionTickets>().AddSingleton<Doorman>().AddSingleton<SignInGate>().AddSingleton(new SignInHint(keyFile));
        services.AddSingleton<SiteHistory>().AddSingleton<SiteBoard>().AddSingleton<LiveHub>().AddSingleton<LiveService>();
        services.AddSingleton<LiveScenario>().AddSingleton<SimulationDesk>();
        services.AddSingleton<SignInEndpoints>().AddSingleton<LiveEndpoints>().AddSingleton<SiteEndpoints>().AddSingleton<DrainPages>().AddSingleton<DecisionPages>()
            .AddSingleton<RecordPages>().AddSingleton<KeyPages>().AddSingleton<SimulationPages>();
        return services.AddHostedService<HistoryService>().AddHostedService(provider => provider.GetRequiredService<LiveService>());
    }

    /// <summary>Maps its pages. What they are asked to change is recorded as what the admin API is asked.</summary>
    /// <param name="app">The application, with the services of <see cref="AddConsole"/> and of the admin API.</param>
    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        ConsoleAssets.Map(app.MapGroup("").ExcludeFromDescription());
        RouteGroupBuilder console = app.MapGroup("").ExcludeFromDescription()
            .AddEndpointFilter<RouteGroupBuilder, AuditFilter>().AddEndpointFilter<RouteGroupBuilder, FailureFilter>();
        IServiceProvider services = app.ServiceProvider;
        services.GetRequiredService<SignInEndpoints>().Map(console);
        services.GetRequiredService<LiveEndpoints>().Map(console);
        services.GetRequiredService<SiteEndpoints>().Map(console);
        services.GetRequiredService<DrainPages>().Map(console);
        services.GetRequiredService<DecisionPages>().Map(console);
        services.GetRequiredService<RecordPages>().Map(console);
        services.GetRequiredService<KeyPages>().Map(console);
        services.GetRequiredService<SimulationPages>().Map(console);
    }
}
