namespace Scheduler.Server.OperatorConsole.Maps;

/// <summary>Traffic from the viewers of a cell to a site, as the plan has it.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="X">Where the cell lies on the map, to the right.</param>
/// <param name="Y">Where it lies, downwards.</param>
/// <param name="Mbps">Traffic, Mbit/s.</param>
internal sealed record Flow(string Cell, double X, double Y, double Mbps);
