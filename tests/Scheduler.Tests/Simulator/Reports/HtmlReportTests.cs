using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Reports;

public sealed class HtmlReportTests
{
    private static readonly RunResult[] Three =
    [
        RunResults.Of("scheduler", RunResults.Troubled, 0.0024),
        RunResults.Of("nearest", RunResults.Troubled, 0.76) with { OverloadSiteSeconds = 10_210, Refusals = 0, RecoveryS = null },
        RunResults.Of("p2c", RunResults.Troubled, 0.65) with { Rtt = new RttSummary(10, 7.75, 30, 66) },
    ];

    [Fact]
    public void Page_is_well_formed()
    {
        XElement page = PageText.Parse(HtmlReport.Write(Three));
        Assert.Equal("html", page.Name.LocalName);
        Assert.Equal(["head", "body"], page.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Page_begins_with_the_scenario_and_what_came_out()
    {
        XElement header = PageText.Parse(HtmlReport.Write(Three)).All("header")[0];
        Assert.Equal("troubled", header.All("h1")[0].Value);
        Assert.Contains("a site dies, and a storm follows", header.Value);
        Assert.Contains("Closest to the best possible: scheduler, 0.24 % above the lower bound", header.Seen());
        Assert.Contains("nearest (10,210 site-seconds)", header.Seen());
        Assert.Contains("scheduler 31 of 5,400 and p2c 31 of 5,400; under the others nobody was refused", header.Seen());
    }

    [Fact]
    public void Table_tells_the_numbers_of_each_policy()
    {
        XElement table = PageText.Parse(HtmlReport.Write(Three)).Only("table", "comparison");
        Assert.Equal(["Measure", "scheduler", "nearest", "p2c"], table.All("thead")[0].All("th").Select(head => head.Value));
        AssertRow(table, "Gap to the lower bound", "★ 0.24 % (best)", "76.0 %", "65.0 %");
        AssertRow(table, "Round-trip time, median", "9.25 ms", "9.25 ms", "★ 7.75 ms (best)");
        AssertRow(table, "Refusals", "31", "★ 0 (best)", "31");
        AssertRow(table, "Overload", "★ 42.5 site-s (best)", "10,210 site-s", "★ 42.5 site-s (best)");
        AssertRow(table, "Recovery", "★ 13.5 s (best)", "not in this run", "★ 13.5 s (best)");
        AssertRow(table, "Bill, total", "6,912", "6,912", "6,912");
    }

    [Fact]
    public void Nothing_is_best_where_there_is_nothing_to_compare()
    {
        string page = HtmlReport.Write([Three[0]]);
        Assert.DoesNotContain("★", page);
        Assert.DoesNotContain("(best)", page);
    }

    [Fact]
    public void Every_plot_has_words_and_numbers_beside_it()
    {
        XElement page = PageText.Parse(HtmlReport.Write(Three));
        foreach (XElement svg in page.All("svg").Where(svg => svg.Attribute("aria-hidden") is null))
        {
            Assert.Equal("img", (string?)svg.Attribute("role"));
            Assert.NotEqual("", (string?)svg.Attribute("aria-label") ?? "");
        }
        XElement[] plots = page.Only("div", "plots").All("figure");
        Assert.Equal(6, plots.Length);
        Assert.All(plots, plot => Assert.NotEmpty(plot.All("details")[0].All("td")));
    }

    [Fact]
    public void Faults_are_told_and_shaded_in_the_plots_over_time()
    {
        XElement page = PageText.Parse(HtmlReport.Write(Three));
        Assert.Contains("at 20 s, for 20 s: the largest PoP dies", page.Seen());
        Assert.Contains("at 45 s: the viewers of 25 % of the cells are cut off", page.Seen());
        Assert.Equal(4 * 2, page.All("rect").Count(box => (string?)box.Attribute("class") == "shade"));
    }

    [Fact]
    public void A_calm_run_has_no_faults_and_no_recovery()
    {
        string page = HtmlReport.Write([RunResults.Of("scheduler", RunResults.Calm)]);
        Assert.DoesNotContain("What goes wrong", page);
        Assert.DoesNotContain("Recovery", page);
        Assert.DoesNotContain("class=\"shade\"", page);
    }

    [Fact]
    public void A_run_to_which_nobody_came_is_a_page_without_nonsense()
    {
        foreach (Scenario scenario in new[] { RunResults.Calm, RunResults.Troubled })
            AssertSane(HtmlReport.Write([RunResults.Empty(scenario)]));
    }

    [Fact]
    public void A_run_too_short_for_a_sample_says_so()
    {
        string page = HtmlReport.Write([RunResults.Empty(RunResults.Calm with { DurationS = 0.5 }) with { Samples = [], RttShares = [] }]);
        AssertSane(page);
        Assert.Contains("The run is too short for a sample.", page);
    }

    [Fact]
    public void The_same_results_give_the_same_bytes() => Assert.Equal(HtmlReport.Write(Three), HtmlReport.Write([.. Three]));

    [Fact]
    public void The_page_asks_for_nothing_from_elsewhere()
    {
        string page = HtmlReport.Write(Three);
        foreach (string word in new[] { "http:", "https:", "src=", "url(", "@import", "fetch(", "import(", "<link", "<iframe", "<img" })
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
        Assert.All(PageText.Parse(page).Descendants().Attributes("href"), href => Assert.StartsWith("#", href.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_of_two_scenarios_or_none_make_no_page()
    {
        Assert.Throws<ArgumentException>(() => HtmlReport.Write([]));
        Assert.Throws<ArgumentException>(() => HtmlReport.Write([Three[0], RunResults.Of("p2c", RunResults.Calm)]));
        Assert.Throws<ArgumentException>(() => HtmlReport.Write([Three[0], Three[1] with { Seed = 8 }]));
    }

    private static void AssertRow(XElement table, string name, params string[] cells)
    {
        XElement row = Assert.Single(table.All("tr"), row => row.Elements("th").FirstOrDefault()?.FirstNode is XText text && text.Value == name);
        Assert.Equal(cells, row.Elements("td").Select(cell => cell.Seen()));
    }

    private static void AssertSane(string page)
    {
        XElement html = PageText.Parse(page);
        html.All("script")[0].Remove();
        string[] texts = [.. html.Descendants().Attributes().Select(attribute => attribute.Value), html.Value];
        Assert.All(texts, text => Assert.DoesNotMatch(@"NaN|Infinity|∞|-?\d+(\.\d+)?E[+-]\d+", text));
    }
}
