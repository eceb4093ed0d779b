using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A revision with its state. Its fleet is at <c>GET /v1/admin/fleet?revision=N</c>.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Author">Who: the name of the key, or <c>scheduler</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Kind">What it changed; as in <see cref="RevisionMessage"/>.</param>
/// <param name="Sites">Sites of its fleet.</param>
/// <param name="Nodes">Nodes of its fleet.</param>
/// <param name="Overrides">Its node states that are not the default.</param>
/// <param name="Drains">Its drains.</param>
/// <param name="Documents">SHA-256 of each document of its state, hexadecimal; equal hashes mean equal parts.</param>
public sealed record RevisionDetailMessage(
    long Revision,
    DateTimeOffset At,
    string Author,
    string Reason,
    string Kind,
    int Sites,
    int Nodes,
    ImmutableArray<NodeStateMessage> Overrides,
    ImmutableArray<DrainMessage> Drains,
    ImmutableSortedDictionary<string, string> Documents);
