namespace Scheduler.Protocol.Admin;

/// <summary>A key under which one site's tickets are made.</summary>
/// <param name="Id">Number of the master key that it comes from, as it stands in a ticket.</param>
/// <param name="Key">The secret: 16 bytes, base64.</param>
/// <param name="Current">True for the one under which new tickets are made; the others are for tickets that have not expired.</param>
public sealed record TicketKeyMessage(int Id, string Key, bool Current);
