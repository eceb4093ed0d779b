using System.Globalization;
using System.Xml.Linq;

namespace Scheduler.Simulator.Reports.Pages;

/// <summary>Short names for the elements of a page. Text is text: <see cref="PageWriter"/> escapes all of it.</summary>
internal static class Markup
{
    /// <summary>An element; content is attributes, elements and text, and null for nothing.</summary>
    public static XElement Tag(string name, params object?[] content) => new(name, content);

    /// <summary>An attribute.</summary>
    public static XAttribute With(string name, string value) => new(name, value);

    /// <summary>An attribute that is a number of a drawing: a tenth of a unit is finer than a screen shows.</summary>
    public static XAttribute With(string name, double value) => new(name, Number(value));

    /// <summary>The class attribute.</summary>
    public static XAttribute Class(string names) => new("class", names);

    /// <summary>A number of a drawing.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A straight line.</summary>
    public static XElement Line(string css, double x1, double y1, double x2, double y2) =>
        Tag("line", Class(css), With("x1", x1), With("y1", y1), With("x2", x2), With("y2", y2));

    /// <summary>A rectangle.</summary>
    public static XElement Box(string css, double x, double y, double width, double height) =>
        Tag("rect", Class(css), With("x", x), With("y", y), With("width", width), With("height", height));

    /// <summary>Text in a drawing.</summary>
    /// <param name="css">Its classes; <c>middle</c> and <c>end</c> say what stands at x.</param>
    /// <param name="x">Where, to the right.</param>
    /// <param name="y">Base line, downwards.</param>
    /// <param name="text">The text.</param>
    public static XElement Label(string css, double x, double y, string text) => Tag("text", Class(css), With("x", x), With("y", y), text);
}
