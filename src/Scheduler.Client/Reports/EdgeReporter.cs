using System.Collections.Immutable;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Client.Reports;

/// <summary>
/// Reports what nodes measure, in batches, as often as the scheduler asks for it. One process speaks for one node or for all nodes of a site.
/// </summary>
/// <remarks>
/// The incarnation is the start of this object, or of the one that it goes on from, in Unix seconds, and the sequence counts its rounds, so that a report that overtakes a newer one is
/// ignored. Rounds keep their phase (a slow one is followed at once, missed ones are left out), and the first comes at a random moment of
/// the interval, so that many PoPs do not report in step. Not thread-safe: one loop an object.
/// </remarks>
public sealed class EdgeReporter
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(60);

    private readonly IReportTransport _transport;
    private readonly ReportBatch _batch;
    private readonly TimeProvider _time;
    private readonly EdgeReporterOptions _options;
    private readonly IReportSource _source;
    private readonly Random _random;
    private readonly NodeLeases _leases;
    private long _sequence;
    private long? _escrowEpoch;

    /// <summary>A reporter over HTTP.</summary>
    /// <param name="http">Carries the calls; its <see cref="HttpClient.BaseAddress"/> is the scheduler (<see cref="FailoverHandler.Connect"/> for several). Stays the caller's to dispose.</param>
    /// <param name="time">Clock.</param>
    /// <param name="source">The nodes.</param>
    /// <param name="options">Behaviour; null for the defaults.</param>
    /// <exception cref="ArgumentException">No base address, or a batch size out of [1, 5000].</exception>
    public EdgeReporter(HttpClient http, TimeProvider time, IReportSource source, EdgeReporterOptions? options = null)
        : this(new HttpReportTransport(http, time, options), time, source, options)
    {
    }

    /// <summary>A reporter.</summary>
    /// <param name="transport">Carries the reports. Stays the caller's to dispose.</param>
    /// <param name="time">Clock.</param>
    /// <param name="source">The nodes.</param>
    /// <param name="options">Behaviour; null for the defaults.</param>
    /// <exception cref="ArgumentException">A batch size out of [1, 5000].</exception>
    public EdgeReporter(IReportTransport transport, TimeProvider time, IReportSource source, EdgeReporterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(source);
        _options = options ?? new EdgeReporterOptions();
        if (_options.BatchSize is < 1 or > 5_000) throw new ArgumentException("The batch size must be in [1, 5000].", nameof(options));
        (_transport, _time, _source) = (transport, time, source);
        _random = _options.Random ?? Random.Shared;
        _leases = new NodeLeases(time, _options.NodesAreNew);
        Interval = _options.Interval;
        Incarnation = time.GetUtcNow().ToUnixTimeSeconds();
        _batch = new ReportBatch(Incarnation);
    }

    /// <summary>Number of its nodes' life: when it was first reported for them, Unix seconds.</summary>
    public long Incarnation { get; }

    /// <summary>Time between two rounds, as the scheduler last asked; in [100 ms, 60 s].</summary>
    public TimeSpan Interval { get; private set; }

    /// <summary>Reports until cancelled.</summary>
    /// <param name="reported">Told of every round; null for no interest.</param>
    /// <param name="cancellation">Ends the loop; it then returns without an exception.</param>
    public async Task RunAsync(Action<ReportRound>? reported, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Interval * _random.NextDouble(), _time, cancellation);
            long due = _time.GetTimestamp();
            while (true)
            {
                reported?.Invoke(await ReportAsync(cancellation));
                TimeSpan late = _time.GetElapsedTime(due) - Interval;
                if (late >= TimeSpan.Zero)
                {
                    due = _time.GetTimestamp(); // rounds that were missed stay missed
                    await Task.Yield();
                    cancellation.ThrowIfCancellationRequested();
                    continue;
                }
                due += (long)(Interval.TotalSeconds * _time.TimestampFrequency);
                await Task.Delay(-late, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop: the one way out.
        }
    }

    /// <summary>One round: every node reported once.</summary>
    /// <param name="cancellation">Ends the round.</param>
    public async Task<ReportRound> ReportAsync(CancellationToken cancellation = default)
    {
        int accepted = 0;
        SchedulerProblem? problem = null;
        var rejections = ImmutableArray.CreateBuilder<(string, ReportRejection)>();
        var states = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var names = new List<string>(Math.Min(_source.Count, _options.BatchSize));
        long sequence = ++_sequence;
        for (int start = 0; start < _source.Count; start += _options.BatchSize)
        {
            names.Clear();
            int end = Math.Min(_source.Count, start + _options.BatchSize);
            _batch.Begin(sequence, _time.GetUtcNow(), _escrowEpoch);
            for (int i = start; i < end; i++)
            {
                NodeMeasurement node = _source.Measure(i);
                names.Add(node.Node);
                _batch.Add(in node, _leases.Lease(in node, (int)Interval.TotalMilliseconds));
            }
            Result<ReportAnswerMessage> answer = await _transport.SendAsync(_batch, cancellation);
            if (!answer.IsOk)
            {
                problem = answer.Problem;
                continue;
            }
            accepted += answer.Value.Accepted;
            Adopt(answer.Value, names, rejections, states);
        }
        var round = new ReportRound(accepted, rejections.ToImmutable(), problem, states.ToImmutable());
        _source.Told(round);
        return round;
    }

    private void Adopt(
        ReportAnswerMessage answer,
        List<string> names,
        ImmutableArray<(string, ReportRejection)>.Builder rejections,
        ImmutableDictionary<string, string>.Builder states)
    {
        if (answer.IntervalMs > 0)
            Interval = TimeSpan.FromMilliseconds(Math.Clamp(answer.IntervalMs, ShortestInterval.TotalMilliseconds, LongestInterval.TotalMilliseconds));
        _escrowEpoch = answer.Escrow.Epoch;
        _leases.Adopt(answer.Escrow.Weights.Keys);
        foreach (ReportRejection rejection in answer.Rejected)
            if (rejection.Index >= 0 && rejection.Index < names.Count) rejections.Add((names[rejection.Index], rejection));
        foreach ((string site, string state) in answer.Sites) states[site] = state;
    }
}
