using Scheduler.Server.OperatorConsole.Simulations;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Simulations in the classes of the pages.</summary>
internal static class SimulationText
{
    /// <summary>The class of a phase.</summary>
    public static string Css(SimulationRun run) => run.Phase switch
    {
        SimulationPhase.Done => "s-ok",
        SimulationPhase.Running => "s-drained",
        SimulationPhase.Failed => "s-bad",
        _ => "s-quiet",
    };
}
