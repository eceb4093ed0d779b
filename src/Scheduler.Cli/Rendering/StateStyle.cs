using Spectre.Console;

namespace Scheduler.Cli.Rendering;

/// <summary>The colour of a state.</summary>
internal static class StateStyle
{
    /// <summary>Green for what serves, yellow for what is on its way out, red for what does not serve.</summary>
    public static Style Of(string? state) => state switch
    {
        "serving" or "active" or "healthy" or "fresh" => new Style(Color.Green),
        "draining" or "suspect" or "slow_start" or "starting" => new Style(Color.Yellow),
        "drained" or "down" or "silent" or "out" => new Style(Color.Red),
        _ => Style.Plain,
    };
}
