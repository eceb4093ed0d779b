using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Scheduler.Simulator.Reports.Pages;

/// <summary>
/// Writes a tree of elements as HTML that is well-formed XML as well, so that a strict parser can check what a forgiving one shows.
/// All text and all attributes pass through here: nothing that comes from a fleet or scenario file can become markup.
/// </summary>
internal sealed class PageWriter
{
    /// <summary>Stands for what neither HTML nor XML can hold, such as control characters and halves of surrogate pairs.</summary>
    private const char Unprintable = '\uFFFD';

    /// <summary>Elements of HTML that have no end tag. Every other one needs its own, even when it is empty.</summary>
    private static readonly HashSet<string> Void = ["br", "col", "hr", "input", "link", "meta"];

    /// <summary>Elements whose text HTML takes as it stands, and whose text is the program's own.</summary>
    private static readonly HashSet<string> Raw = ["style", "script"];

    private readonly StringBuilder _text = new("<!DOCTYPE html>\n");

    private PageWriter()
    {
    }

    /// <summary>Writes a page.</summary>
    /// <param name="html">The root element.</param>
    public static string Write(XElement html)
    {
        var writer = new PageWriter();
        writer.Element(html);
        return writer._text.Append('\n').ToString();
    }

    private void Element(XElement element)
    {
        string name = element.Name.LocalName;
        _text.Append('<').Append(name);
        foreach (XAttribute attribute in element.Attributes())
        {
            _text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Escaped(attribute.Value);
            _text.Append('"');
        }
        if (Void.Contains(name))
        {
            _text.Append("/>");
            return;
        }
        _text.Append('>');
        if (Raw.Contains(name)) _text.Append("/*<![CDATA[*/\n").Append(element.Value.Trim()).Append("\n/*]]>*/");
        else Children(element);
        _text.Append("</").Append(name).Append('>');
        if (BeginsLine(name)) _text.Append('\n');
    }

    private void Children(XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement child) Element(child);
            else if (node is XText text) Escaped(text.Value);
        }
    }

    private void Escaped(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1])) _text.Append(c).Append(text[++i]);
            else Escaped(c);
        }
    }

    private void Escaped(char c) => _ = c switch
    {
        '&' => _text.Append("&amp;"),
        '<' => _text.Append("&lt;"),
        '>' => _text.Append("&gt;"),
        '"' => _text.Append("&quot;"),
        '\'' => _text.Append("&#39;"),
        _ => _text.Append(XmlConvert.IsXmlChar(c) && !char.IsControl(c) ? c : Unprintable),
    };

    /// <summary>True for elements after which a line break changes nothing that is seen, so that people can read the source.</summary>
    private static bool BeginsLine(string name) =>
        name is "head" or "body" or "meta" or "title" or "style" or "script" or "header" or "section" or "figure" or "tr" or "thead" or "tbody"
            or "p" or "li" or "ul" or "svg" or "g" or "path" or "details";
}
