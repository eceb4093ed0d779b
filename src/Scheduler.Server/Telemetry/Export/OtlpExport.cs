using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Scheduler.Server.Hosting;
using Scheduler.State.Sites;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry.Export;

/// <summary>
/// Sends metrics and spans to a collector, by OTLP over HTTP. A collector that is slow or gone costs nobody anything: what finds no place in the exporter's queue is dropped there.
/// What else there is to set (headers, intervals, time limits) is read from the environment variables of OpenTelemetry.
/// </summary>
internal sealed class OtlpExport(OtlpOptions options, TelemetryOptions telemetry, ClusterOptions cluster, SiteRules rules, IEnumerable<IMetricSource> sources, TimeProvider time)
    : IHostedService, IDisposable
{
    private MetricInstruments? _instruments;
    private MeterProvider? _metrics;
    private TracerProvider? _spans;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        string version = typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("scheduler", serviceVersion: version, serviceInstanceId: cluster.Name)
            .AddAttributes([new("scheduler.replica", (long)rules.Replica)]);
        _instruments = new MetricInstruments(sources, time);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(SchedulerInstruments.Name)
            .AddOtlpExporter(exporter => Send(exporter, "v1/metrics")).Build();
        _spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(SchedulerInstruments.Name)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(telemetry.Sample)))
            .AddOtlpExporter(exporter => Send(exporter, "v1/traces")).Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>What is left is sent on the way out, within the exporter's time limit.</remarks>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _spans, null)?.Dispose();
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
        Interlocked.Exchange(ref _instruments, null)?.Dispose();
    }

    private void Send(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(new Uri(options.Endpoint!.TrimEnd('/') + "/"), path);
    }
}
