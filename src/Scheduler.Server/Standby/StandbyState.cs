using System.Collections.Immutable;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Standby;

/// <summary>What a replica needs to serve while its store cannot be reached, as the store last confirmed it.</summary>
/// <param name="Name">Name of the replica: another one must not take its number from here.</param>
/// <param name="Number">Its number.</param>
/// <param name="Start">The start under which it held the number.</param>
/// <param name="Peers">The other replicas, as far as they are known.</param>
/// <param name="Configuration">The newest revision; its time of confirmation is that of everything here.</param>
/// <param name="Numbers">The permanent numbers of its sites and nodes, and of the map's cells.</param>
/// <param name="Keys">Every key, as a hash.</param>
/// <param name="Secrets">The secrets of tokens and tickets; empty when the settings bring them.</param>
public sealed record StandbyState(
    string Name,
    byte Number,
    long Start,
    ImmutableArray<Member> Peers,
    StoredConfiguration Configuration,
    ImmutableDictionary<(NumberKind Kind, string Name), int> Numbers,
    ImmutableArray<ApiKey> Keys,
    ImmutableArray<MasterSecret> Secrets)
{
    /// <summary>Without keys and secrets: they are never logged.</summary>
    public override string ToString() => $"StandbyState {Name} at revision {Configuration.Revision}";
}
