using System.Globalization;
using System.Text;
using Scheduler.State.Usage;

namespace Scheduler.Server.Endpoints.Live.Usage;

/// <summary>A report as comma-separated values (RFC 4180): a line of names, a line a row, the total last.</summary>
internal static class UsageCsv
{
    /// <summary>Writes it.</summary>
    public static string Write(UsageReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{UsageEndpoint.WordOf(report.By)},bits,peak_bps,p95_bps,commit_bps,cost,sessions,rtt_ms,refusals\r\n");
        foreach (UsageRow row in report.Rows.Append(report.Total))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(row.Name)},{row.Bits:0},{row.PeakBps:0},{row.P95Bps:0},{row.CommitBps:0},{row.Cost:0.####},{row.Sessions},{row.RttMs:0.##},{row.Refusals}\r\n");
        }
        return text.ToString();
    }

    /// <summary>A name that a spreadsheet takes for a text: one that could begin a formula is led by an apostrophe.</summary>
    private static string Quoted(string name)
    {
        if (name is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) name = "'" + name;
        return name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
