using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>A drain in a line.</summary>
internal static class DrainText
{
    /// <summary>How far it has come, and why it stands still or takes longer.</summary>
    public static string Line(DrainRow d) =>
        $"{Format.Plain(d.Id)} {Format.Plain(d.TargetText)}: {Format.Plain(d.Phase)}, {Format.Percent(1 - (d.Admitting ?? 1))} closed, {Format.Count(d.SessionsLeft)} sessions left, {Format.Count(d.Moved)} moved"
        + ((d.Paused?.Reason ?? d.Receivers?.Reason) is { } why ? $"; {Format.Plain(why)}" : "");
}
