using System.Diagnostics.Metrics;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry.Export;

/// <summary>All metrics of one moment, by family, as instruments take them.</summary>
internal sealed class MetricReading : IMetricSink
{
    private readonly Dictionary<string, List<Measurement<double>>> _samples = new(StringComparer.Ordinal);
    private readonly List<(string Name, MetricKind Kind, string Help)> _families = [];
    private List<Measurement<double>> _open = [];

    /// <summary>Reads sources.</summary>
    public static MetricReading Of(IEnumerable<IMetricSource> sources)
    {
        var reading = new MetricReading();
        foreach (IMetricSource source in sources) source.Write(reading);
        return reading;
    }

    /// <summary>What there is, in order.</summary>
    public IReadOnlyList<(string Name, MetricKind Kind, string Help)> Families => _families;

    /// <summary>The samples of a family; none of one that there is not.</summary>
    public IReadOnlyList<Measurement<double>> this[string family] => _samples.GetValueOrDefault(family) ?? [];

    /// <inheritdoc/>
    public void Family(string name, MetricKind kind, string help)
    {
        _families.Add((name, kind, help));
        _samples[name] = _open = [];
    }

    /// <inheritdoc/>
    public void Sample(double value, params ReadOnlySpan<MetricLabel> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (int i = 0; i < labels.Length; i++) tags[i] = new KeyValuePair<string, object?>(labels[i].Name, labels[i].Value);
        _open.Add(new Measurement<double>(value, tags));
    }

    /// <inheritdoc/>
    /// <remarks>Histograms tell each duration themselves while somebody listens.</remarks>
    public void Durations(DurationCounts counts, MetricLabel label)
    {
    }
}
