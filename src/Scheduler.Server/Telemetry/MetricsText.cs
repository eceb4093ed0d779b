using System.Buffers;

namespace Scheduler.Server.Telemetry;

/// <summary><c>/metrics</c>: all that there is to tell, in the Prometheus text format.</summary>
/// <param name="sources">What is told, in this order.</param>
internal sealed class MetricsText(IEnumerable<IMetricSource> sources)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly IMetricSource[] _sources = [.. sources];

    /// <summary>All metrics now, UTF-8.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        var writer = new PrometheusWriter(text);
        foreach (IMetricSource source in _sources) source.Write(writer);
        return text.WrittenMemory;
    }
}
