namespace Scheduler.Server.OperatorConsole.Simulations;

/// <summary>Where a simulation stands.</summary>
public enum SimulationPhase
{
    /// <summary>It is played.</summary>
    Running,

    /// <summary>It was played to the end, and has a report.</summary>
    Done,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>It could not be played.</summary>
    Failed,
}
