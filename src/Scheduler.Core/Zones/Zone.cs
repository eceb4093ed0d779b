using System.Collections.Immutable;

namespace Scheduler.Core.Zones;

/// <summary>A part of the tree of names that this scheduler answers for, as operators write it.</summary>
/// <param name="Origin">Its own name, whole, such as <c>live.example.com</c>.</param>
/// <param name="NameServers">Names of its servers, at least one; the first is told as the primary.</param>
/// <param name="Hostmaster">Mailbox of who looks after it, such as <c>hostmaster@example.com</c>.</param>
/// <param name="TtlS">Time for which records hold that give none, s; in [0, <see cref="ZoneLimits.TtlS"/>].</param>
/// <param name="NegativeTtlS">Time for which "there is none" holds, s; in [0, <see cref="ZoneLimits.NegativeTtlS"/>].</param>
/// <param name="ClientSubnet">True when what a resolver tells of its client's network (RFC 7871) is used and answered.</param>
/// <param name="Records">Records that stand as they are.</param>
/// <param name="Steered">Names that are answered by the decision.</param>
public sealed record Zone(
    string Origin,
    ImmutableArray<string> NameServers,
    string Hostmaster,
    int TtlS,
    int NegativeTtlS,
    bool ClientSubnet,
    ImmutableArray<ZoneRecord> Records,
    ImmutableArray<SteeredName> Steered)
{
    /// <summary>Time for which records hold where nothing is said, s.</summary>
    public const int DefaultTtlS = 300;

    /// <summary>Time for which "there is none" holds where nothing is said, s.</summary>
    public const int DefaultNegativeTtlS = 30;
}
