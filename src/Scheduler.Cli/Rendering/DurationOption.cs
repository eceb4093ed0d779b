using System.CommandLine;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Rendering;

/// <summary>Options that take a length of time.</summary>
internal static class DurationOption
{
    /// <summary>An option that need not be given.</summary>
    public static Option<TimeSpan?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (DurationText.TryParse(text, out TimeSpan duration)) return duration;
            result.AddError($"{name}: '{text}' is no length of time; write it as 30s, 2h or 1h30m.");
            return null;
        },
    };

    /// <summary>An option with a default.</summary>
    public static Option<TimeSpan> WithDefault(string name, string description, TimeSpan value) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (DurationText.TryParse(text, out TimeSpan duration)) return duration;
            result.AddError($"{name}: '{text}' is no length of time; write it as 30s, 2h or 1h30m.");
            return value;
        },
    };
}
