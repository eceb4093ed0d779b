using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;
using Scheduler.State.Control;
using Scheduler.State.Ports;
using Scheduler.State.Usage;

namespace Scheduler.Server.Endpoints.Live.Usage;

/// <summary><c>GET /v1/admin/usage</c>: what was served, from the hours that all replicas have kept.</summary>
internal sealed class UsageEndpoint(Stores stores, SnapshotPublisher publisher, UsageService service, TimeProvider clock)
{
    /// <summary>Longest span, days: as long as hours are kept.</summary>
    private const int MostDays = UsageJournal.KeepDays;

    private static readonly (UsageBy Value, string Word)[] Kinds = [(UsageBy.Site, "site"), (UsageBy.Region, "region"), (UsageBy.Tenant, "tenant")];

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/usage", GetAsync).RequireRole(AdminRole.Viewer)
        .WithSummary("What was served: ?from= &to= (full hours; this month so far) &by=site, region or tenant; ?format=csv or html.")
        .Produces<UsageReportMessage>().Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);

    private async Task<IResult> GetAsync(HttpContext context, CancellationToken cancellation)
    {
        var fields = new QueryFields(context.Request);
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset from = HourOf(fields.Time("from") ?? new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero));
        DateTimeOffset to = HourOf((fields.Time("to") ?? now).AddHours(1).AddTicks(-1)); // the hour that lasts is a part of it
        UsageBy by = fields.Word("by", Kinds) ?? UsageBy.Site;
        UsageFormat format = fields.Word("format", [(UsageFormat.Json, "json"), (UsageFormat.Csv, "csv"), (UsageFormat.Html, "html")]) ?? UsageFormat.Json;
        if (to <= from) fields.Fault("to", "must be later than from");
        else if (to - from > TimeSpan.FromDays(MostDays)) fields.Fault("from", $"must be at most {MostDays} days before to: hours are kept no longer");
        if (fields.Page(out IResult? problem) is null) return problem!;

        await service.KeepAsync(cancellation); // who has just been served is in it too
        IReadOnlyList<UsageHour> hours = await stores.Usage.ReadAsync(from, to, cancellation);
        IEnumerable<ReportedSite> sites = publisher.Current is { } snapshot
            ? snapshot.Fleet.Sites.OfType<IndexedSite>().Select(site => new ReportedSite(site.Number, site.Site.Id, site.Site.Region, site.Tariff)) : [];
        UsageReport report = new UsageReportBuilder(hours, sites, from, to).Build(by);
        return format switch
        {
            UsageFormat.Csv => Results.Text(UsageCsv.Write(report), "text/csv; charset=utf-8"),
            UsageFormat.Html => Results.Text(UsagePage.Write(report), "text/html; charset=utf-8"),
            _ => Results.Json(MessageOf(report), AdminJson.Wire.UsageReportMessage),
        };
    }

    private static DateTimeOffset HourOf(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(UsageHour.StartOf(at.ToUnixTimeMilliseconds()));

    private static UsageReportMessage MessageOf(UsageReport report) =>
        new(report.From, report.To, WordOf(report.By), [.. report.Rows.Select(MessageOf)], MessageOf(report.Total));

    private static UsageRowMessage MessageOf(UsageRow row) => new(
        row.Name, Math.Round(row.Bits), Whole(row.PeakBps), Whole(row.P95Bps), Whole(row.CommitBps), Math.Round(row.Cost, 4), row.Sessions,
        row.RttMs is { } ms ? Math.Round(ms, 2) : null, row.Refusals);

    private static double? Whole(double? bps) => bps is { } rate ? Math.Round(rate) : null;

    /// <summary>What a row is about, on the wire.</summary>
    internal static string WordOf(UsageBy by) => Kinds.First(kind => kind.Value == by).Word;
}
