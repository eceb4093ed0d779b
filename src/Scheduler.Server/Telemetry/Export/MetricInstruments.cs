using System.Diagnostics.Metrics;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry.Export;

/// <summary>
/// Offers what <c>/metrics</c> writes as instruments of <see cref="SchedulerInstruments.Name"/>: under the same names, from the same sources, read when somebody collects.
/// </summary>
internal sealed class MetricInstruments : IDisposable
{
    /// <summary>A collection asks for one instrument after the other; all are answered by one reading.</summary>
    private static readonly TimeSpan OneCollection = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Meter _meter = new(SchedulerInstruments.Name);
    private readonly IMetricSource[] _sources;
    private readonly TimeProvider _time;
    private MetricReading _reading;
    private long? _readAt; // null until somebody collects

    /// <summary>Instruments of some sources.</summary>
    public MetricInstruments(IEnumerable<IMetricSource> sources, TimeProvider time)
    {
        (_sources, _time) = ([.. sources], time);
        _reading = MetricReading.Of(_sources);
        foreach ((string name, MetricKind kind, string help) in _reading.Families)
        {
            if (kind == MetricKind.Counter) _meter.CreateObservableCounter(name, () => Samples(name), null, help);
            else if (kind == MetricKind.Gauge) _meter.CreateObservableGauge(name, () => Samples(name), null, help);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IReadOnlyList<Measurement<double>> Samples(string family)
    {
        lock (_gate)
        {
            if (_readAt is not { } at || _time.GetElapsedTime(at) > OneCollection) (_reading, _readAt) = (MetricReading.Of(_sources), _time.GetTimestamp());
            return _reading[family];
        }
    }
}
