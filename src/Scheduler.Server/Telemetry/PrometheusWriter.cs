using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry;

/// <summary>Writes metrics in the Prometheus text format, version 0.0.4: a line of help and one of type a family, a line a sample.</summary>
/// <param name="output">Takes the text, UTF-8.</param>
internal sealed class PrometheusWriter(IBufferWriter<byte> output) : IMetricSink
{
    private string _family = "";

    /// <inheritdoc/>
    public void Family(string name, MetricKind kind, string help)
    {
        _family = name;
        Text("# HELP ");
        Text(name);
        Text(" ");
        Escaped(help, quotes: false);
        Text("\n# TYPE ");
        Text(name);
        Text(kind switch { MetricKind.Counter => " counter\n", MetricKind.Histogram => " histogram\n", _ => " gauge\n" });
    }

    /// <inheritdoc/>
    public void Sample(double value, params ReadOnlySpan<MetricLabel> labels) => Line("", labels, value);

    /// <inheritdoc/>
    public void Durations(DurationCounts counts, MetricLabel label)
    {
        long soFar = 0;
        for (int bucket = 0; bucket < counts.Counts.Length; bucket++)
        {
            soFar += counts.Counts[bucket]; // each bucket holds the ones before
            string bound = bucket < counts.Bounds.Length ? Number(counts.Bounds[bucket]) : "+Inf";
            Line("_bucket", [label, new MetricLabel("le", bound)], soFar);
        }
        Line("_sum", [label], counts.Seconds);
        Line("_count", [label], soFar);
    }

    private void Line(string suffix, ReadOnlySpan<MetricLabel> labels, double value)
    {
        Text(_family);
        Text(suffix);
        for (int i = 0; i < labels.Length; i++)
        {
            Text(i == 0 ? "{" : ",");
            Text(labels[i].Name);
            Text("=\"");
            Escaped(labels[i].Value, quotes: true);
            Text("\"");
        }
        Text(labels.IsEmpty ? " " : "} ");
        Value(value);
        Text("\n");
    }

    private void Value(double value)
    {
        if (double.IsFinite(value) && value == Math.Truncate(value) && Math.Abs(value) < 1L << 53)
        {
            _ = Utf8Formatter.TryFormat((long)value, output.GetSpan(24), out int written);
            output.Advance(written);
            return;
        }
        Text(double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : Number(value));
    }

    /// <summary>As few digits as name the number, and no exponent: people read the text too.</summary>
    private static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private void Escaped(string text, bool quotes)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n', '"') < 0)
        {
            Text(text);
            return;
        }
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        Text(quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
