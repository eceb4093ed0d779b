using Scheduler.Server.Hosting;
using Scheduler.Server.Telemetry.Export;

namespace Scheduler.Server.Telemetry;

/// <summary>Puts together what is told of a replica.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds the metrics, in the order in which they are written, and what the options ask for beside them.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Otlp);
        services.AddSingleton<Counters>().AddSingleton<CallMeter>().AddSingleton<MetricsText>();
        services.AddSingleton<IMetricSource, ReplicaMetrics>().AddSingleton<IMetricSource, DegradedMetrics>().AddSingleton<IMetricSource, StoreMetrics>()
            .AddSingleton<IMetricSource, EdgeMetrics>().AddSingleton<IMetricSource, CallMetrics>().AddSingleton<IMetricSource, ReportMetrics>()
            .AddSingleton<IMetricSource, PlanMetrics>().AddSingleton<IMetricSource, DrainMetrics>().AddSingleton<IMetricSource, PeerMetrics>()
            .AddSingleton<IMetricSource, SiteMetrics>();
        services.AddSingleton<SteeringCounters>().AddSingleton<IMetricSource>(provider => provider.GetRequiredService<SteeringCounters>());
        if (options.Otlp.Endpoint is not null) services.AddHostedService<OtlpExport>();
        return services;
    }
}
