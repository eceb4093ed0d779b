using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>
/// Colour and dashes of each policy, the same everywhere on the page, and the switches that show and hide it. Both work without script.
/// </summary>
internal static class PolicyStyles
{
    /// <summary>Colours that the style sheet has.</summary>
    private const int Colours = 8;

    /// <summary>Dashes tell lines apart that share a colour, or that a reader sees in the same.</summary>
    private static readonly string[] Dashes = ["none", "7 3", "2 2.5", "9 3 2 3", "4 2"];

    /// <summary>The rules of so many policies.</summary>
    public static string Rules(int policies)
    {
        var css = new StringBuilder();
        for (int i = 0; i < policies; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".p{i} {{ --ink: var(--c{i % Colours}); --dash: {Dashes[i % Dashes.Length]}; }}\n")
                .Append(CultureInfo.InvariantCulture, $"body:has(#show-{i}:not(:checked)) .plot .p{i} {{ display: none; }}\n")
                .Append(CultureInfo.InvariantCulture, $"#map-{i}:checked ~ .maps .map-{i} {{ display: block; }}\n")
                .Append(CultureInfo.InvariantCulture, $"#map-{i}:checked ~ .tabs label[for=map-{i}] {{ background: var(--text); color: var(--paper); }}\n")
                .Append(CultureInfo.InvariantCulture, $"#map-{i}:focus-visible ~ .tabs label[for=map-{i}] {{ outline: 2px solid var(--c0); outline-offset: 2px; }}\n");
        }
        return css.ToString();
    }

    /// <summary>What each line is, with a switch.</summary>
    public static XElement Legend(Comparison comparison) =>
        Tag("div", Class("legend"), With("role", "group"), With("aria-label", "Policies shown in the plots"),
            comparison.Runs.Select((run, i) => Tag("label", Class(comparison.CssOf(i)),
                Tag("input", With("type", "checkbox"), With("id", $"show-{i}"), With("checked", "checked")),
                Tag("svg", Class("sample"), With("viewBox", "0 0 34 10"), With("aria-hidden", "true"),
                    Tag("path", Class("line"), With("d", "M1 5L33 5"))),
                run.Policy)));
}
