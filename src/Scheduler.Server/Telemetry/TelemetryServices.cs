using Scheduler.Server.Hosting;
using Scheduler.Server.Telemetry.Decisions;
using Scheduler.Server.Telemetry.Export;

namespace Scheduler.Server.Telemetry;

/// <summary>Puts together what is told of a replica.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds the metrics, in the order in which they are written, and what the options ask for beside them.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="decisions">Decisions on their way to the log; null where none are kept.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, DecisionQueue? decisions)
    {
        services.AddSingleton(options).AddSingleton(options.Otlp);
        services.AddSingleton<Counters>().AddSingleton<CallMeter>().AddSingleton<MetricsText>();
        services.AddSingleton<IMetricSource, ReplicaMetrics>().AddSingleton<IMetricSource, DegradedMetrics>().AddSingleton<IMetricSource, StoreMetrics>()
            .AddSingleton<IMetricSource, EdgeMetrics>().AddSingleton<IMetricSource, CallMetrics>().AddSingleton<IMetricSource, ReportMetrics>()
            .AddSingleton<IMetricSource, PlanMetrics>().AddSingleton<IMetricSource, DrainMetrics>().AddSingleton<IMetricSource, PeerMetrics>()
            .AddSingleton<IMetricSource, SiteMetrics>().AddSingleton<IMetricSource, UsageMetrics>().AddSingleton<IMetricSource, UpstreamMetrics>();
        services.AddSingleton<SteeringCounters>().AddSingleton<IMetricSource>(provider => provider.GetRequiredService<SteeringCounters>());
        if (options.Otlp.Endpoint is not null) services.AddHostedService<OtlpExport>();
        services.AddSingleton<DecisionCall>();
        if (decisions is null) return services;
        services.AddSingleton(options.DecisionLog).AddSingleton(decisions).AddSingleton<DecisionWriter>().AddSingleton<DecisionReader>();
        services.AddSingleton<DecisionLogService>().AddHostedService(provider => provider.GetRequiredService<DecisionLogService>());
        services.AddSingleton<IMetricSource, DecisionLogMetrics>();
        return services;
    }
}
