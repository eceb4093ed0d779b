using Scheduler.Core.Geo;

namespace Scheduler.Simulator.Worlds;

/// <summary>A cell that viewers come from.</summary>
/// <param name="MapIndex">Its dense index in the map.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Mbps">Mean demand over a day, Mbit/s.</param>
public sealed record WorldCell(int MapIndex, Cell Cell, double Mbps);
