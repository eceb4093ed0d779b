using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Hosting;
using Scheduler.Server.Telemetry;

namespace Scheduler.Server.Dns;

/// <summary>Registers what answers names.</summary>
internal static class DnsServices
{
    /// <summary>Maps the calls about names.</summary>
    public static void MapDns(this IEndpointRouteBuilder app, IServiceProvider services)
    {
        services.GetRequiredService<PowerDnsEndpoint>().Map(app);
        services.GetRequiredService<DnsQueryEndpoint>().Map(app.MapAdminGroup());
    }

    /// <summary>Adds the services; the sockets are opened where the configuration names addresses.</summary>
    public static IServiceCollection AddDns(this IServiceCollection services, DnsOptions options)
    {
        services.AddSingleton(options).AddSingleton<DnsCounters>().AddSingleton<IMetricSource, DnsMetrics>().AddSingleton<SiteCalm>().AddSingleton<DnsDesk>();
        services.AddSingleton<PowerDnsEndpoint>().AddSingleton<DnsQueryEndpoint>();
        return services.AddSingleton<DnsService>().AddHostedService(provider => provider.GetRequiredService<DnsService>());
    }
}
