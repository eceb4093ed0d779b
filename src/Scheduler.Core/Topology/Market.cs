namespace Scheduler.Core.Topology;

/// <summary>A part of the world with one price of bandwidth: the region of a generated fleet.</summary>
/// <param name="Region">The region as a fleet names it.</param>
/// <param name="PricePerMbps">
/// Price of one more Mbit/s, Europe = 1. The ratios of Europe, North America, Asia, Latin America and Oceania are those that Cloudflare
/// published in "The Relative Cost of Bandwidth Around the World" (2014-16); the Middle East is priced like Asia, and Africa, which that
/// source leaves out, between Asia and Latin America.
/// </param>
internal sealed record Market(Region Region, double PricePerMbps)
{
    /// <summary>Every market.</summary>
    public static IReadOnlyList<Market> All { get; } =
    [
        new(new("africa", "Africa"), 8),
        new(new("asia", "Asia"), 6.5),
        new(new("europe", "Europe"), 1),
        new(new("latin-america", "Latin America"), 17),
        new(new("middle-east", "Middle East"), 6.5),
        new(new("north-america", "North America"), 1),
        new(new("oceania", "Oceania"), 17),
    ];

    private const string MiddleEast = "AE BH IL IQ IR JO KW LB OM PS QA SA SY YE";
    private const string NorthernAmerica = "BM CA GL PM US";

    /// <summary>The market of a country; null for a code that no inhabited country has.</summary>
    public static Market? Of(string country) => Continents.Of(country) switch
    {
        Continent.Africa => All[0],
        Continent.Asia => MiddleEast.Contains(country, StringComparison.Ordinal) ? All[4] : All[1],
        Continent.Europe => All[2],
        Continent.NorthAmerica => NorthernAmerica.Contains(country, StringComparison.Ordinal) ? All[5] : All[3],
        Continent.SouthAmerica => All[3],
        Continent.Oceania => All[6],
        _ => null,
    };
}
