using System.Globalization;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Topology;
using Scheduler.Server.Endpoints.Steering;

namespace Scheduler.Server.Telemetry;

/// <summary>What steering and redirects have answered since the start. Threads count with one interlocked addition.</summary>
internal sealed class SteeringCounters
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

    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Writes a sample: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_steering_total", "counter", "Steering calls answered, by protocol and outcome");
        foreach (SteeringOutcome outcome in Enum.GetValues<SteeringOutcome>())
        {
            sample("scheduler_steering_total", $"protocol=\"hls\",outcome=\"{MetricsText.Name(outcome)}\"", Answers(StreamProtocols.Hls, outcome));
            sample("scheduler_steering_total", $"protocol=\"dash\",outcome=\"{MetricsText.Name(outcome)}\"", Answers(StreamProtocols.Dash, outcome));
        }
        family("scheduler_redirects_total", "counter", "Redirects asked for, by outcome");
        foreach (DispatchOutcome outcome in Enum.GetValues<DispatchOutcome>())
            sample("scheduler_redirects_total", $"outcome=\"{MetricsText.Name(outcome)}\"", Volatile.Read(ref _redirects[(int)outcome]));
        family("scheduler_steered_throughput_total", "counter", "Throughputs that steered players measured, by the least bound that they do not exceed");
        for (int i = 0; i <= Bounds.Length; i++)
            sample("scheduler_steered_throughput_total", $"at_most_bps=\"{(i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "any")}\"", Volatile.Read(ref _throughput[i]));
    }
}
