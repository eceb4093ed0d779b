using Scheduler.Server.Telemetry;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Dns;

/// <summary>Registers what answers names.</summary>
internal static class DnsServices
{
    /// <summary>Adds the services; the sockets are opened where the configuration names addresses.</summary>
    public static IServiceCollection AddDns(this IServiceCollection services, DnsOptions options)
    {
        services.AddSingleton(options).AddSingleton<DnsCounters>().AddSingleton<IMetricSource, DnsMetrics>().AddSingleton<SiteCalm>().AddSingleton<DnsDesk>();
        return services.AddSingleton<DnsService>().AddHostedService(provider => provider.GetRequiredService<DnsService>());
    }
}
