using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Protocol.Admin;
using Scheduler.Server.OperatorConsole.Live;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Which sites the table shows, and in which order: what its address says.</summary>
internal sealed record SiteListView(string? Text, string? Region, string? State, string? Drainable, string Sort, bool Falls, int Page)
{
    /// <summary>Rows of a page of the table.</summary>
    public const int PageLength = 200;

    /// <summary>The columns: name in the address, head, and what it means.</summary>
    public static readonly ImmutableArray<(string Key, string Name, string? Hint)> Columns =
    [
        ("id", "Site", null), ("region", "Region", null), ("state", "State", null), ("drainable", "Drain now?", "Whether it could be drained now, and be away for the usual time"),
        ("use", "Utilisation", "Load over capacity; the pale part may still be handed out before its next reports"), ("load", "Load", null), ("capacity", "Capacity", null),
        ("room", "Room", "Escrow: what this replica may still hand out"), ("price", "Price", "What one more Mbit/s costs there, ms-equivalents"),
        ("cost", "Cost/h", "What an hour of its load costs, in units of the tariffs"), ("rtt", "RTT", "Mean round-trip time of the viewers that the plan sends there, ms"),
        ("sessions", "Sessions", "Live sessions of this replica"), ("report", "Report", "Age of its newest report"),
    ];

    /// <summary>The standings that can be asked for.</summary>
    public static readonly ImmutableArray<string> States = ["eligible", "drained", "out_of_service", "down", "silent", "unheard", "ejected"];

    /// <summary>The answers to whether a site can be drained.</summary>
    public static readonly ImmutableArray<string> Verdicts = ["yes", "until", "no"];

    /// <summary>Reads the address; what makes no sense is as if it were absent.</summary>
    public static SiteListView Read(IQueryCollection query)
    {
        string? sort = One("sort");
        bool falls = sort is ['-', ..];
        string column = sort?.TrimStart('-') ?? "id";
        _ = int.TryParse(One("page"), NumberStyles.None, CultureInfo.InvariantCulture, out int page);
        return new SiteListView(
            One("q"), One("region"), One("state"), One("drainable"), Columns.Any(known => known.Key == column) ? column : "id", falls, Math.Clamp(page, 0, 1_000));

        string? One(string name) => query[name] is [{ Length: > 0 } text, ..] ? text.Trim() : null;
    }

    /// <summary>The sites, each with its place in the whole list.</summary>
    public List<(SiteRow Row, int Index)> Choose(ImmutableArray<SiteRow> rows)
    {
        IEnumerable<(SiteRow Row, int Index)> chosen = rows.Select((row, index) => (row, index)).Where(entry => IsShown(entry.row.Site));
        Func<(SiteRow Row, int Index), IComparable> key = entry => KeyOf(entry.Row);
        return [.. (Falls ? chosen.OrderByDescending(key) : chosen.OrderBy(key)).ThenBy(entry => entry.Index)];
    }

    /// <summary>The address of the same list by another order; a second time the other way round. Numbers begin with the greatest.</summary>
    public string SortedBy(string column)
    {
        bool isNumber = column is not ("id" or "region" or "state" or "drainable");
        bool falls = Sort == column ? !Falls : isNumber;
        return Address(falls ? "-" + column : column, 0);
    }

    /// <summary>The address of a page of it.</summary>
    public string PageAt(int page) => Address((Falls ? "-" : "") + Sort, page);

    /// <summary>How a column is sorted, for those who hear it.</summary>
    public string? AriaSort(string column) => column != Sort ? null : Falls ? "descending" : "ascending";

    /// <summary>Whether a site could be drained, in two words.</summary>
    public static string Drain(SiteMessage site) => site.Drainable switch
    {
        null => "–",
        { Verdict: "until", Until: { } until } => $"until {Display.Clock(until)}",
        { Verdict: var verdict } => verdict,
    };

    /// <summary>Escrow over capacity.</summary>
    public static double RoomShare(SiteRow row) => row.Site.CapacityBps > 0 ? (double)row.RoomBps / row.Site.CapacityBps : 0;

    private string Address(string sort, int page)
    {
        var query = new QueryString();
        foreach ((string name, string? value) in (ReadOnlySpan<(string, string?)>)[("q", Text), ("region", Region), ("state", State), ("drainable", Drainable), ("sort", sort == "id" ? null : sort), ("page", page == 0 ? null : page.ToString(CultureInfo.InvariantCulture))])
            if (value is not null) query = query.Add(name, value);
        return ConsoleRoutes.Sites + query;
    }

    private bool IsShown(SiteMessage site) =>
        (Region is null || site.Region == Region) && (State is null || site.State == State) && (Drainable is null || site.Drainable?.Verdict == Drainable)
        && (Text is null || Has(site.Id) || Has(site.Place) || Has(site.Country) || Has(site.Kind));

    private bool Has(string text) => text.Contains(Text!, StringComparison.OrdinalIgnoreCase);

    private IComparable KeyOf(SiteRow row) => Sort switch
    {
        "region" => row.Site.Region,
        "state" => row.StateCode,
        "drainable" => Drain(row.Site),
        "use" => row.Site.Utilisation,
        "load" => row.Site.LoadBps,
        "capacity" => row.Site.CapacityBps,
        "room" => row.RoomBps,
        "price" => row.Site.PriceMs,
        "cost" => row.CostPerH,
        "rtt" => row.RttMs ?? float.MaxValue,
        "sessions" => row.Site.Sessions,
        "report" => row.Site.LastReportMsAgo ?? long.MaxValue,
        _ => row.Site.Id,
    };
}
