using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Scheduler.Cli.Rendering;

/// <summary>Options that choose among the rows of a list: each becomes a parameter of the call under its own name.</summary>
/// <param name="context">The run.</param>
internal sealed class QueryText(CommandContext context)
{
    private readonly StringBuilder _text = new();

    /// <summary>A call with the parameters.</summary>
    public string On(string path) => _text.Length == 0 ? path : $"{path}?{_text}";

    /// <summary>Adds an option that was given.</summary>
    public QueryText Add(Option<string?> option) => Add(option.Name.TrimStart('-'), context.Parse.GetValue(option));

    /// <summary>Adds a time that was given.</summary>
    public QueryText Add(Option<DateTimeOffset?> option) =>
        Add(option.Name.TrimStart('-'), context.Parse.GetValue(option)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));

    /// <summary>Adds a parameter; none for null.</summary>
    public QueryText Add(string name, string? value)
    {
        if (value is not null) _text.Append(_text.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }
}
