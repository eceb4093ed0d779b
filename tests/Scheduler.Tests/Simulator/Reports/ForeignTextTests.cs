using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Reports;

/// <summary>Names come from an operator's own files: whatever they are, they are text.</summary>
public sealed class ForeignTextTests
{
    private static readonly string[] Hostile =
    [
        "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)", "</style><b>", "]]>", "<!--", "&lt;b&gt;", "&#60;",
        "</title><svg/onload=alert(1)>",
    ];

    [Fact]
    public void A_hostile_name_stays_text_wherever_it_stands()
    {
        string[] own = Names(HtmlReport.Write([Run("lon1")]));
        foreach (string name in Hostile)
        {
            string page = HtmlReport.Write([Run(name)]);
            Assert.Equal(own, Names(page));
            XElement html = PageText.Parse(page);
            Assert.Equal(name, html.All("h1")[0].Value);
            Assert.Contains(name, html.All("title")[0].Value);
            Assert.Contains($"site {name} dies", html.Only("ol", "faults").Value);
            Assert.Contains(name, html.Only("table", "comparison").All("th")[1].Value);
            Assert.Contains(html.Only("svg", "map").All("title"), title => title.Value.StartsWith($"{name}, {name}: peak", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_no_page_can_hold_is_replaced()
    {
        XElement html = PageText.Parse(HtmlReport.Write([Run("a\0b\u001B[31mc\uD800d\uFFFEe\U0001F600")]));
        Assert.Equal("a\uFFFDb\uFFFD[31mc\uFFFDd\uFFFDe\U0001F600", html.All("h1")[0].Value);
    }

    [Fact]
    public void Any_name_makes_a_well_formed_page_of_the_same_elements()
    {
        string[] own = Names(HtmlReport.Write([Run("lon1")]));
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(name => name is not null), name => Names(HtmlReport.Write([Run(name)])).SequenceEqual(own))
            .QuickCheckThrowOnFailure();
    }

    private static string[] Names(string page) => [.. PageText.Parse(page).DescendantsAndSelf().Select(element => element.Name.LocalName)];

    private static RunResult Run(string name) => RunResults.Of(
        name,
        RunResults.Troubled with { Name = name, Summary = name, Faults = [new Fault(FaultKind.SiteLoss, 20, Target: name)] },
        0.01,
        RunResults.Site(name, name, 51.5, -0.1, 0.5));
}
