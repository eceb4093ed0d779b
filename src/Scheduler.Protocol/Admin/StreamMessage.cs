using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A stream: where it comes in, how it gets to its viewers, who watches it.</summary>
/// <param name="Id">Its name; absent when no report or session told this replica the name yet.</param>
/// <param name="Hash">Hash of its name, 16 hexadecimal digits.</param>
/// <param name="Viewers">Its viewers, as nodes report them.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
/// <param name="Sites">Sites where it is watched.</param>
/// <param name="Home">Where it comes in; absent while nothing arrives.</param>
/// <param name="Backups">Where else it arrives, in the order in which they would take over.</param>
public sealed record StreamMessage(
    string? Id,
    string Hash,
    long Viewers,
    long EgressBps,
    int Sites,
    ArrivalMessage? Home,
    ImmutableArray<ArrivalMessage> Backups)
{
    /// <summary>IDCs that relay it, with how many sites pull it from there; only of a single stream.</summary>
    public ImmutableArray<StreamRelayMessage>? Relays { get; init; }

    /// <summary>Every site where it is watched, the most watched first; only of a single stream.</summary>
    public ImmutableArray<StreamSiteMessage>? Pops { get; init; }
}
