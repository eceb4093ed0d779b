using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>What the edges of one site need to verify tickets, and no more: they lead to no other site's keys.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Number">Its permanent number.</param>
/// <param name="Keys">Its keys, by id; several while keys rotate.</param>
public sealed record TicketKeyListMessage(string Site, int Number, ImmutableArray<TicketKeyMessage> Keys)
{
    /// <summary>The permanent numbers of its nodes, which their tickets name, by id; null from a scheduler that does not tell them.</summary>
    public IReadOnlyDictionary<string, int>? Nodes { get; init; }
}
