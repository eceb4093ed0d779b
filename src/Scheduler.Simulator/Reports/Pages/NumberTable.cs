using System.Xml.Linq;

namespace Scheduler.Simulator.Reports.Pages;

/// <summary>The numbers behind a plot, folded away until somebody asks for them.</summary>
internal static class NumberTable
{
    /// <summary>Builds it.</summary>
    /// <param name="summary">What is shown while it is folded.</param>
    /// <param name="heads">Heads of the columns.</param>
    /// <param name="rows">Cells of each row; the first one is the row's head.</param>
    public static XElement Folded(string summary, IEnumerable<string> heads, IEnumerable<IReadOnlyList<string>> rows) =>
        Markup.Tag("details",
            Markup.Tag("summary", summary),
            Markup.Tag("div", Markup.Class("scroll"), Markup.With("tabindex", "0"), Markup.With("role", "group"), Markup.With("aria-label", summary),
                Markup.Tag("table", Markup.Class("numbers"),
                    Markup.Tag("thead", Markup.Tag("tr", heads.Select(head => Markup.Tag("th", Markup.With("scope", "col"), head)))),
                    Markup.Tag("tbody", rows.Select(row => Markup.Tag("tr",
                        Markup.Tag("th", Markup.With("scope", "row"), row[0]),
                        row.Skip(1).Select(cell => Markup.Tag("td", cell))))))));
}
