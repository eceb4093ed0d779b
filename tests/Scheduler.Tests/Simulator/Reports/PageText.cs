using System.Xml;
using System.Xml.Linq;

namespace Scheduler.Tests.Simulator.Reports;

/// <summary>Reads a page with a strict parser.</summary>
internal static class PageText
{
    /// <summary>Parses it; throws on anything that is not well-formed.</summary>
    public static XElement Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The elements of a name.</summary>
    public static XElement[] All(this XElement page, string name) => [.. page.Descendants(name)];

    /// <summary>The one element of a name that has a class.</summary>
    public static XElement Only(this XElement page, string name, string css) =>
        Assert.Single(page.Descendants(name), element => ((string?)element.Attribute("class"))?.Split(' ').Contains(css) == true);

    /// <summary>Text as a reader sees it: no-break spaces are spaces.</summary>
    public static string Seen(this XElement element) => element.Value.Replace('\u00A0', ' ');
}
