using System.CommandLine;
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

    /// <summary>An option that must be given.</summary>
    public static Option<T> Required<T>(string name, string description, T least, T most)
        where T : INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? number) && number >= least && number <= most) return number;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is no number in [{least}, {most}]."));
                return least;
            },
        };
}
