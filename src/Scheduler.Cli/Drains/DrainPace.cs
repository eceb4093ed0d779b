using System.CommandLine;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>The options that say when a drain begins and how fast it goes: <c>--start</c>, <c>--ramp</c> and <c>--deadline</c>; at once and unhurried without them.</summary>
internal sealed class DrainPace
{
    private readonly Option<DateTimeOffset?> _start = MomentOption.Optional("--start", "When it begins, such as 2026-03-01T02:00Z (default: now)");
    private readonly Option<TimeSpan?> _ramp = DurationOption.Optional("--ramp", "Close the target to new sessions over this time, such as 15m (default: at once)");
    private readonly Option<TimeSpan?> _deadline = DurationOption.Optional("--deadline", "Have it empty this long after the start, such as 1h (default: no hurry)");

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_start);
        command.Options.Add(_ramp);
        command.Options.Add(_deadline);
    }

    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? Start(ParseResult parse) => parse.GetValue(_start);

    /// <summary>Seconds of its ramp; null for at once.</summary>
    public double? RampS(ParseResult parse) => parse.GetValue(_ramp)?.TotalSeconds;

    /// <summary>When the target is to be empty; null when there is no hurry.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="from">When it begins.</param>
    public DateTimeOffset? Deadline(ParseResult parse, DateTimeOffset from) => from + parse.GetValue(_deadline);
}
