namespace Scheduler.Simulator.Scenarios;

/// <summary>Who tells a node from where to pull a stream.</summary>
public enum ParentRule
{
    /// <summary>The product: home or relay, by the cost of the path.</summary>
    Scheduler,

    /// <summary>The nearest upstream that is up.</summary>
    Nearest,

    /// <summary>The upstream that the fleet names first, whatever becomes of it.</summary>
    Fixed,
}
