using System.CommandLine;
using System.Globalization;

namespace Scheduler.Cli.Rendering;

/// <summary>Options that take a moment.</summary>
internal static class MomentOption
{
    /// <summary>An option that need not be given; without an offset the time is UTC.</summary>
    public static Option<DateTimeOffset?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset t))
                return t.ToUniversalTime();
            result.AddError($"{name}: '{result.Tokens[0].Value}' is no moment; write it as 2026-03-01T06:00Z.");
            return null;
        },
    };
}
