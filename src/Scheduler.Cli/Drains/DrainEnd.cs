using System.CommandLine;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>The options that say when a drain ends: <c>--for</c> or <c>--until</c>, four hours without either.</summary>
internal sealed class DrainEnd
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(4);

    private readonly Option<TimeSpan?> _length = DurationOption.Optional("--for", "How long, such as 2h; the drain then ends by itself (default 4h)");
    private readonly Option<DateTimeOffset?> _until = MomentOption.Optional("--until", "Until when, such as 2026-03-01T06:00Z");

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_length);
        command.Options.Add(_until);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_length) is { Implicit: false } && result.GetResult(_until) is { Implicit: false })
                result.AddError("Say when the drain ends once: --for 2h or --until T.");
        });
    }

    /// <summary>When it ends.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="from">When it begins.</param>
    /// <param name="isUsual">True when nothing was said.</param>
    public DateTimeOffset Read(ParseResult parse, DateTimeOffset from, out bool isUsual)
    {
        TimeSpan? length = parse.GetValue(_length);
        DateTimeOffset? until = parse.GetValue(_until);
        isUsual = length is null && until is null;
        return until ?? from + (length ?? Usual);
    }
}
