using Scheduler.Protocol.Admin;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Drains in the words of the pages.</summary>
internal static class DrainText
{
    /// <summary>What a drain takes out of service.</summary>
    public static string Target(DrainTargetMessage target) => target switch
    {
        { Site: { } site } => site,
        { Node: { } node } => $"node {node}",
        _ => $"all with {target.Selector}",
    };

    /// <summary>The target as a request writes it.</summary>
    public static string Wire(DrainTargetMessage target) => target switch
    {
        { Site: { } site } => "site:" + site,
        { Node: { } node } => "node:" + node,
        _ => "selector:" + target.Selector,
    };

    /// <summary>The class of its phase.</summary>
    public static string Css(DrainMessage drain) => (drain.Phase ?? drain.State) switch
    {
        "paused" => "s-bad",
        "drained" => "s-ok",
        "planned" => "s-quiet",
        _ => "s-drained",
    };

    /// <summary>What a phase means.</summary>
    public static string Phase(DrainMessage drain) => (drain.Phase ?? drain.State) switch
    {
        "planned" => "It has not begun.",
        "ramping" => "The target is closed to new viewers step by step.",
        "migrating" => "The target is closed, and its viewers are asked to move at the pace that the receivers bear.",
        "paused" => "Nobody is asked to move for now.",
        "drained" => "The target is empty.",
        "expired" or "cancelled" or "ended" => "It is over: the target comes back by slow start.",
        _ => "It is carried out.",
    };

    /// <summary>Share of the sessions that have gone, in [0, 1].</summary>
    public static double Done(DrainMessage drain)
    {
        long moved = drain.Moved ?? 0, left = drain.SessionsLeft ?? 0;
        return drain.Phase == "drained" ? 1 : moved + left == 0 ? 0 : (double)moved / (moved + left);
    }
}
