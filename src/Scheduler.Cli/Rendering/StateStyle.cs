using Spectre.Console;

namespace Scheduler.Cli.Rendering;

/// <summary>The colour of a state.</summary>
internal static class StateStyle
{
    /// <summary>True for a state in which new sessions are sent there; also when none is told.</summary>
    public static bool IsServing(string? state) => state is null or "eligible" or "serving";

    /// <summary>Green for what serves, yellow for what is on its way in or out, red for what does not serve.</summary>
    public static Style Of(string? state) => state switch
    {
        "eligible" or "serving" or "active" or "fresh" => new Style(Color.Green),
        "draining" or "suspect" or "slow_start" or "starting" => new Style(Color.Yellow),
        "drained" or "out_of_service" or "down" or "silent" or "ejected" => new Style(Color.Red),
        _ => Style.Plain,
    };
}
