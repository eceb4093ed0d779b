using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scheduler.Tests.Server.Telemetry;

/// <summary>A collector: takes OTLP over HTTP and keeps what it is sent.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProtoMessage> _traces = new();
    private readonly ConcurrentQueue<ProtoMessage> _metrics = new();
    private readonly WebApplication _app;

    private OtlpSink(WebApplication app) => _app = app;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<OtlpSink> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var sink = new OtlpSink(app);
        app.MapPost("/v1/traces", context => TakeAsync(context, sink._traces));
        app.MapPost("/v1/metrics", context => TakeAsync(context, sink._metrics));
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return sink;
    }

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.First();

    /// <summary>The spans that came: ExportTraceServiceRequest, resource_spans, scope_spans, spans.</summary>
    public IEnumerable<ProtoMessage> Spans => _traces.SelectMany(request => request.At(1, 2, 2));

    /// <summary>The metrics that came: ExportMetricsServiceRequest, resource_metrics, scope_metrics, metrics.</summary>
    public IEnumerable<ProtoMessage> Metrics => _metrics.SelectMany(request => request.At(1, 2, 2));

    /// <summary>What says of itself who sent traces: resource_spans, resource, attributes.</summary>
    public IEnumerable<Dictionary<string, string>> Resources => _traces.SelectMany(request => request.At(1, 1)).Select(resource => resource.Attributes(1));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task TakeAsync(HttpContext context, ConcurrentQueue<ProtoMessage> to)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        to.Enqueue(ProtoMessage.Read(body.ToArray()));
    }
}
