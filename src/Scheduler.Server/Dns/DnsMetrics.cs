using Scheduler.Protocol.Dns;
using Scheduler.Server.Telemetry;

namespace Scheduler.Server.Dns;

/// <summary>The metrics of DNS.</summary>
internal sealed class DnsMetrics(DnsCounters counters) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_dns_answers_total", MetricKind.Counter, "Questions answered, by zone (empty for names of no zone here) and code");
        foreach ((string zone, DnsRcode rcode, long count) in counters.Answers())
            sink.Sample(count, new MetricLabel("zone", zone), new MetricLabel("rcode", rcode.ToString().ToLowerInvariant()));
        sink.Family("scheduler_dns_events_total", MetricKind.Counter, "What happened to questions beside their answers");
        foreach (DnsFate fate in Enum.GetValues<DnsFate>()) sink.Sample(counters.Of(fate), MetricLabel.Of("event", fate));
        sink.Family("scheduler_dns_connections", MetricKind.Gauge, "TCP connections of resolvers");
        sink.Sample(counters.Connections);
    }
}
