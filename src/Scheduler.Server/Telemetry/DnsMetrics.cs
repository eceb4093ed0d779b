using Scheduler.Protocol.Dns;
using Scheduler.Server.Dns;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of DNS.</summary>
internal sealed class DnsMetrics(DnsCounters counters)
{
    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Adds a value: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_dns_answers_total", "counter", "Questions answered, by zone (empty for names of no zone here) and code");
        foreach ((string zone, DnsRcode rcode, long count) in counters.Answers())
            sample("scheduler_dns_answers_total", $"zone=\"{zone}\",rcode=\"{rcode.ToString().ToLowerInvariant()}\"", count);
        family("scheduler_dns_events_total", "counter", "What happened to questions beside their answers");
        foreach (DnsFate fate in Enum.GetValues<DnsFate>()) sample("scheduler_dns_events_total", $"event=\"{MetricsText.Name(fate)}\"", counters.Of(fate));
        family("scheduler_dns_connections", "gauge", "TCP connections of resolvers");
        sample("scheduler_dns_connections", null, counters.Connections);
    }
}
