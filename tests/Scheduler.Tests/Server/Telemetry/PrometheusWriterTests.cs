using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Telemetry;
using Scheduler.State.Telemetry;
using Scheduler.Tests.Server.Live;

namespace Scheduler.Tests.Server.Telemetry;

public sealed class PrometheusWriterTests
{
    [Fact]
    public void A_family_is_its_help_its_type_and_its_samples() => Assert.Equal(
        """
        # HELP scheduler_things_total Things\nof \\ two lines, "quoted"
        # TYPE scheduler_things_total counter
        scheduler_things_total{kind="a"} 3
        scheduler_things_total{kind="b",place="c"} 0.25
        # HELP scheduler_state How it is
        # TYPE scheduler_state gauge
        scheduler_state 100000000000000
        scheduler_state NaN
        scheduler_state +Inf
        scheduler_state -0.000001

        """,
        Written(writer =>
        {
            writer.Family("scheduler_things_total", MetricKind.Counter, "Things\nof \\ two lines, \"quoted\"");
            writer.Sample(3, new MetricLabel("kind", "a"));
            writer.Sample(0.25, new MetricLabel("kind", "b"), new MetricLabel("place", "c"));
            writer.Family("scheduler_state", MetricKind.Gauge, "How it is");
            foreach (double value in (ReadOnlySpan<double>)[1e14, double.NaN, double.PositiveInfinity, -1e-6]) writer.Sample(value);
        }));

    [Fact]
    public void Each_bucket_of_a_histogram_holds_those_before_it() => Assert.Equal(
        """
        # HELP scheduler_took_seconds How long
        # TYPE scheduler_took_seconds histogram
        scheduler_took_seconds_bucket{call="x",le="0.01"} 2
        scheduler_took_seconds_bucket{call="x",le="0.1"} 5
        scheduler_took_seconds_bucket{call="x",le="+Inf"} 6
        scheduler_took_seconds_sum{call="x"} 1.5
        scheduler_took_seconds_count{call="x"} 6

        """,
        Written(writer =>
        {
            writer.Family("scheduler_took_seconds", MetricKind.Histogram, "How long");
            writer.Durations(new DurationCounts([0.01, 0.1], [2, 3, 1], 1.5), new MetricLabel("call", "x"));
        }));

    [Fact]
    public void Any_text_of_a_label_is_one_line_that_a_strict_reader_takes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            string written = Written(writer =>
            {
                writer.Family("scheduler_any", MetricKind.Gauge, "Any");
                writer.Sample(1, new MetricLabel("label", text.Get));
            });
            string series = written.Split('\n')[2];
            Assert.Equal(4, written.Split('\n').Length);
            Assert.Equal(1, new PrometheusText(written)[series[..^2]]);
        }).QuickCheckThrowOnFailure();

    private static string Written(Action<PrometheusWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new PrometheusWriter(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
