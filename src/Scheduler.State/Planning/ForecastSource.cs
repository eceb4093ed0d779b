namespace Scheduler.State.Planning;

/// <summary>What a forecast of demand rests on. On the wire: append, never renumber.</summary>
public enum ForecastSource
{
    /// <summary>The shape of a day that many have measured, by the viewers' own hour (<see cref="Core.Planning.DayShape"/>).</summary>
    Shape = 0,

    /// <summary>The last day as this process measured it.</summary>
    Measured = 1,
}
