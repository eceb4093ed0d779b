using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Scheduler.State.Telemetry;

/// <summary>
/// Counts durations by fixed buckets from any thread, without a lock and without allocation: two additions in a stripe of memory that threads on other cores do not
/// touch. Whoever reads meanwhile may miss what is being counted, never more.
/// </summary>
public sealed class DurationHistogram
{
    /// <summary>Longs between two stripes at least: two lines of a cache, since processors fetch them in pairs.</summary>
    private const int Line = 16;

    private static readonly int Stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount, 1, 64));

    private readonly ImmutableArray<double> _bounds;
    private readonly long[] _ticks; // the bounds, in ticks of the clock
    private readonly long[] _counts; // by stripe: the buckets, then the sum in ticks
    private readonly int _stride;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _told;
    private readonly KeyValuePair<string, object?> _label;

    /// <summary>A histogram that has counted nothing.</summary>
    /// <param name="time">The clock that durations are measured by.</param>
    /// <param name="name">Its name as an instrument of <see cref="SchedulerInstruments.Name"/>, which hears each duration while somebody listens.</param>
    /// <param name="label">Tells it from others of that name there.</param>
    /// <param name="bounds">Upper bounds of the buckets, rising, s; over 0.</param>
    public DurationHistogram(TimeProvider time, string name, KeyValuePair<string, object?> label, params ReadOnlySpan<double> bounds)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_time, _label, _bounds) = (time, label, [.. bounds]);
        _ticks = [.. _bounds.Select(bound => (long)(bound * time.TimestampFrequency))];
        _stride = (bounds.Length + 2 + Line - 1) / Line * Line;
        _counts = new long[_stride * Stripes];
        _told = SchedulerInstruments.Meter.CreateHistogram(name, "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = _bounds });
    }

    /// <summary>A moment, to be given to <see cref="Since"/>.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Counts the time from a moment until now.</summary>
    /// <param name="began">The moment, from <see cref="Now"/>.</param>
    public void Since(long began)
    {
        long took = Math.Max(0, _time.GetTimestamp() - began);
        int bucket = 0;
        while (bucket < _ticks.Length && took > _ticks[bucket]) bucket++;
        int stripe = (Thread.GetCurrentProcessorId() & (Stripes - 1)) * _stride;
        Interlocked.Increment(ref _counts[stripe + bucket]);
        Interlocked.Add(ref _counts[stripe + _ticks.Length + 1], took);
        if (_told.Enabled) _told.Record((double)took / _time.TimestampFrequency, _label);
    }

    /// <summary>What was counted so far.</summary>
    public DurationCounts Read()
    {
        long[] counts = new long[_ticks.Length + 1];
        long sum = 0;
        for (int stripe = 0; stripe < _counts.Length; stripe += _stride)
        {
            for (int bucket = 0; bucket < counts.Length; bucket++) counts[bucket] += Volatile.Read(ref _counts[stripe + bucket]);
            sum += Volatile.Read(ref _counts[stripe + counts.Length]);
        }
        return new DurationCounts(_bounds, [.. counts], (double)sum / _time.TimestampFrequency);
    }
}
