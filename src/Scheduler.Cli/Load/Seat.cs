using Scheduler.Core.Sessions;

namespace Scheduler.Cli.Load;

/// <summary>Where a viewer sits.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Site">Number of its site.</param>
/// <param name="Kbps">What he draws, kbit/s.</param>
/// <param name="Ticket">What his ticket says; null when he was given none.</param>
internal readonly record struct Seat(int Node, int Site, int Kbps, TicketClaims? Ticket);
