using System.CommandLine;
using System.Globalization;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Rendering;

/// <summary>Options that take a moment: as a date and time, or as how long ago.</summary>
internal static class TimeOption
{
    /// <summary>An option that need not be given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="time">Tells now.</param>
    public static Option<DateTimeOffset?> Optional(string name, string description, TimeProvider time) => new(name)
    {
        Description = $"{description}, such as 2026-03-01T06:00Z, or 2h for two hours ago",
        HelpName = "T",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DurationText.TryParse(text, out TimeSpan ago)) return time.GetUtcNow() - ago;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)) return moment.ToUniversalTime();
            result.AddError($"{name}: '{text}' is no moment; write it as 2026-03-01T06:00Z, or as 2h.");
            return null;
        },
    };
}
