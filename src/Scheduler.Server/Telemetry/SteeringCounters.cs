using System.Globalization;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Topology;
using Scheduler.Server.Endpoints.Steering;

namespace Scheduler.Server.Telemetry;

/// <summary>What steering and redirects have answered since the start. Threads count with one interlocked addition.</summary>
internal sealed class SteeringCounters : IMetricSource
{
    /// <summary>Upper bounds of the classes of throughput, bit/s.</summary>
    private static readonly long[] Bounds = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000];

    private readonly long[] _hls = new long[Enum.GetValues<SteeringOutcome>().Length];
    private readonly long[] _dash = new long[Enum.GetValues<SteeringOutcome>().Length];
    private readonly long[] _redirects = new long[Enum.GetValues<DispatchOutcome>().Length];
    private readonly long[] _throughput = new long[Bounds.Length + 1];

    /// <summary>A steering call was answered; one whose path named no protocol counts as HLS.</summary>
    public void Answered(StreamProtocols protocol, SteeringOutcome outcome) =>
        Interlocked.Increment(ref (protocol == StreamProtocols.Dash ? _dash : _hls)[(int)outcome]);

    /// <summary>A redirect was asked for.</summary>
    public void Redirected(DispatchOutcome outcome) => Interlocked.Increment(ref _redirects[(int)outcome]);

    /// <summary>A player said what it measured, bit/s.</summary>
    public void Measured(long bps)
    {
        int place = 0;
        while (place < Bounds.Length && bps > Bounds[place]) place++;
        Interlocked.Increment(ref _throughput[place]);
    }

    /// <summary>Steering calls answered so far.</summary>
    public long Answers(StreamProtocols protocol, SteeringOutcome outcome) => Volatile.Read(ref (protocol == StreamProtocols.Dash ? _dash : _hls)[(int)outcome]);

    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_steering_total", MetricKind.Counter, "Steering calls answered, by protocol and outcome");
        foreach (SteeringOutcome outcome in Enum.GetValues<SteeringOutcome>())
        {
            sink.Sample(Answers(StreamProtocols.Hls, outcome), new MetricLabel("protocol", "hls"), MetricLabel.Of("outcome", outcome));
            sink.Sample(Answers(StreamProtocols.Dash, outcome), new MetricLabel("protocol", "dash"), MetricLabel.Of("outcome", outcome));
        }
        sink.Family("scheduler_redirects_total", MetricKind.Counter, "Redirects asked for, by outcome");
        foreach (DispatchOutcome outcome in Enum.GetValues<DispatchOutcome>())
            sink.Sample(Volatile.Read(ref _redirects[(int)outcome]), MetricLabel.Of("outcome", outcome));
        sink.Family("scheduler_steered_throughput_samples_total", MetricKind.Counter, "Throughput that steered players measured, by the least bound that it is within");
        for (int i = 0; i < _throughput.Length; i++)
        {
            string bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "more";
            sink.Sample(Volatile.Read(ref _throughput[i]), new MetricLabel("within_bps", bound));
        }
    }
}
