namespace Scheduler.Simulator.Scenarios;

/// <summary>What the viewers of one cell ask for, in the mean of a day.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Mbps">Mean demand, Mbit/s; at least 0.</param>
public sealed record CellDemand(string Cell, double Mbps);
