using System.Globalization;
using System.Net;
using System.Text;
using Scheduler.State.Usage;

namespace Scheduler.Server.Endpoints.Live.Usage;

/// <summary>A report as a page that stands alone: no script, nothing to fetch, light and dark, to print or to send.</summary>
internal static class UsagePage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--line:#8884;--bar:#3b82f6;--commit:#d97706}
        body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem;margin:0}p{margin:.3rem 0 1.2rem;opacity:.75}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:.4rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th{font-weight:600;position:sticky;top:0;background:Canvas}th:first-child,td:first-child{text-align:left}
        tfoot td{font-weight:600;border-top:2px solid var(--line);border-bottom:0}
        .bar{position:relative;width:12rem;padding:.4rem .6rem}.bar i{display:block;height:.7rem;border-radius:2px;background:var(--bar)}
        .bar b{position:absolute;top:.2rem;bottom:.2rem;border-left:2px solid var(--commit)}
        @media print{body{margin:0}th{position:static}}
        """;

    /// <summary>Writes it.</summary>
    public static string Write(UsageReport report)
    {
        string by = UsageEndpoint.WordOf(report.By);
        double widest = Math.Max(1, report.Rows.Select(row => Math.Max(row.P95Bps ?? 0, row.CommitBps ?? 0)).DefaultIfEmpty().Max());
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Usage by {by}</title><style>{Style}</style>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Usage by {by}</h1><p>{report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} UTC. ");
        page.Append("The bar is the 95th percentile of five-minute means, the mark the commit. Costs are in units of the tariffs (Europe = 1 a Mbit/s and month).</p><table><thead><tr>");
        foreach (string title in (ReadOnlySpan<string>)[by, "bits", "peak", "95th percentile", "", "commit", "cost", "sessions", "round trip", "refused"]) page.Append("<th scope=col>").Append(title);
        page.Append("<tbody>");
        foreach (UsageRow row in report.Rows) Append(page, row, widest);
        page.Append("<tfoot>");
        Append(page, report.Total, widest: null);
        return page.Append("</table></html>\n").ToString();
    }

    private static void Append(StringBuilder page, UsageRow row, double? widest)
    {
        page.Append("<tr><td>").Append(row.Name.Length == 0 ? "<em>no tenant</em>" : WebUtility.HtmlEncode(row.Name));
        Cell(page, Amount(row.Bits, "bit"));
        Cell(page, row.PeakBps is { } peak ? Amount(peak, "bit/s") : "–");
        Cell(page, row.P95Bps is { } level ? Amount(level, "bit/s") : "–");
        page.Append("<td class=bar>");
        if (widest is { } most)
        {
            page.Append(CultureInfo.InvariantCulture, $"<i style=\"width:{100 * (row.P95Bps ?? 0) / most:0.#}%\"></i>");
            if (row.CommitBps > 0) page.Append(CultureInfo.InvariantCulture, $"<b style=\"left:calc(.6rem + (100% - 1.2rem) * {row.CommitBps / most:0.###})\"></b>");
        }
        Cell(page, row.CommitBps > 0 ? Amount(row.CommitBps.Value, "bit/s") : "–");
        Cell(page, row.Cost.ToString("#,0.00", CultureInfo.InvariantCulture));
        Cell(page, row.Sessions.ToString("#,0", CultureInfo.InvariantCulture));
        Cell(page, row.RttMs is { } ms ? ms.ToString("0.0 'ms'", CultureInfo.InvariantCulture) : "–");
        Cell(page, row.Refusals.ToString("#,0", CultureInfo.InvariantCulture));
    }

    private static void Cell(StringBuilder page, string text) => page.Append("<td>").Append(text);

    private static string Amount(double value, string unit)
    {
        int step = 0;
        while (value >= 1_000 && step < 6) (value, step) = (value / 1_000, step + 1);
        string prefix = ((ReadOnlySpan<string>)["", "k", "M", "G", "T", "P", "E"])[step];
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture)} {prefix}{unit}");
    }
}
