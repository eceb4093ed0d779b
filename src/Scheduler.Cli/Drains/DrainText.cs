using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>A drain in a line.</summary>
internal static class DrainText
{
    /// <summary>How far it has come, and why it stands still or takes longer.</summary>
    public static string Line(DrainRow d) =>
        $"{Format.Plain(d.Id)} {Format.Plain(d.TargetText)}: {Format.Plain(d.Phase)}, {Format.Percent(1 - (d.Admitting ?? 1))} closed, {Format.Count(d.SessionsLeft)} sessions left, {Feeding(d)}{Format.Count(d.Moved)} moved"
        + ((d.Paused?.Reason ?? d.Receivers?.Reason) is { } why ? $"; {Format.Plain(why)}" : "");

    /// <summary>What of an IDC is left beside viewers; empty for other targets.</summary>
    public static string Feeding(DrainRow d) =>
        d.PublishersLeft is null && d.PullsLeft is null ? "" : $"{Format.Count(d.PublishersLeft)} publishers and {Format.Count(d.PullsLeft)} pulls left, ";
}
