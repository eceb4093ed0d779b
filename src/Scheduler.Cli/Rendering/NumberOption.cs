using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Scheduler.Cli.Rendering;

/// <summary>Options that take a number in a range.</summary>
internal static class NumberOption
{
    /// <summary>An option with a default.</summary>
    public static Option<T> WithDefault<T>(string name, string description, T value, T least, T most)
        where T : INumber<T>
    {
        Option<T> option = Required(name, description, least, most);
        option.Required = false;
        option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>An option that need not be given; null then.</summary>
    public static Option<T?> Optional<T>(string name, string description, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>An option that must be given.</summary>
    public static Option<T> Required<T>(string name, string description, T least, T most)
        where T : INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            Required = true,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : INumber<T>
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? number) && number >= least && number <= most) return number;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is no number in [{least}, {most}]."));
        return least;
    }
}
