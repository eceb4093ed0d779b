using Scheduler.Protocol.Admin;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>An explanation in the words and lengths of its page.</summary>
internal static class WhyText
{
    /// <summary>The decision in a sentence.</summary>
    public static string Headline(ExplanationMessage why) => why.Sites.FirstOrDefault(site => site.Verdict == "chosen") is { } chosen
        ? $"{why.Stream} would go to {chosen.Site}: {chosen.Why}."
        : $"{why.Stream} cannot be served: {Display.Words(why.Decision)}.";

    /// <summary>Where the viewer was found to be, in a sentence.</summary>
    public static string Viewer(ExplanationMessage why) => why.Viewer.By switch
    {
        "default" => $"Nothing is known of the address; it counts as cell {why.Viewer.Cell}.",
        "override" => $"The viewer is in {why.Viewer.Cell} by an operator's prefix {why.Viewer.Prefix}{(why.Viewer.OverrideSites is { } sites ? $", which sends him to {string.Join(", then ", sites)}" : "")}.",
        _ => $"The viewer is in cell {why.Viewer.Cell}, as all of {why.Viewer.Prefix} are.",
    };

    /// <summary>What a score is made of as lengths that share a bar: class, where it begins, and how long it is, in hundredths.</summary>
    /// <param name="site">The site.</param>
    /// <param name="longest">Score that fills the bar; beyond it is cut off.</param>
    public static IEnumerable<(string Css, double X, double Width)> Parts(ExplainedSiteMessage site, double longest)
    {
        ExplainedTermsMessage terms = site.Terms;
        double x = 0;
        (string, double)[] parts = terms.OrderMs is { } order
            ? [("p-tariff", order), ("p-price", terms.PriceMs), ("p-extra", terms.ExtraMs + terms.ColdMs)]
            : [("p-rtt", terms.RttMs), ("p-comfort", terms.ComfortMs), ("p-tariff", terms.TariffMs), ("p-price", terms.PriceMs), ("p-extra", terms.ExtraMs + terms.ColdMs)];
        foreach ((string css, double ms) in parts)
        {
            double width = Math.Min(100 - x, Math.Max(0, ms) / longest * 100);
            if (width <= 0) continue;
            yield return (css, x, width);
            x += width;
        }
    }

    /// <summary>What its parts add up to, ms.</summary>
    public static double Length(ExplainedSiteMessage site) =>
        (site.Terms.OrderMs ?? (site.Terms.RttMs + site.Terms.ComfortMs + site.Terms.TariffMs)) + site.Terms.PriceMs + site.Terms.ExtraMs + site.Terms.ColdMs;
}
