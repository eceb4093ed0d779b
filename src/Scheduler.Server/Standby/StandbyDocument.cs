using System.Collections.Immutable;
using System.Text;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Standby;

/// <summary>The second line of a standby file. A change of its form is a new version.</summary>
internal sealed record StandbyDocument(
    string Name,
    byte Number,
    long Start,
    StandbyDocument.Peer[] Peers,
    DateTimeOffset ConfirmedAt,
    long Revision,
    SortedDictionary<string, string> Documents,
    SortedDictionary<string, int> Sites,
    SortedDictionary<string, int> Nodes,
    SortedDictionary<string, int> Cells,
    StandbyDocument.Key[] Keys,
    StandbyDocument.Secret[] Secrets)
{
    /// <summary>The form of a state that is written.</summary>
    public static StandbyDocument Of(StandbyState state) => new(
        state.Name,
        state.Number,
        state.Start,
        [.. state.Peers.Select(Peer.Of)],
        state.Configuration.ConfirmedAt,
        state.Configuration.Revision,
        new SortedDictionary<string, string>(
            state.Configuration.Documents.ToDictionary(named => named.Key, named => Encoding.UTF8.GetString(named.Value.Content.Span)), StringComparer.Ordinal),
        NumbersOf(state, NumberKind.Site),
        NumbersOf(state, NumberKind.Node),
        NumbersOf(state, NumberKind.Cell),
        [.. state.Keys.Select(Key.Of)],
        [.. state.Secrets.Select(secret => new Secret(secret.Id, secret.Bytes.ToArray(), secret.CreatedAt))]);

    /// <summary>The state.</summary>
    public StandbyState ToState() => new(
        Name,
        Number,
        Start,
        [.. Peers.Select(peer => peer.ToMember())],
        new StoredConfiguration(
            Revision,
            Documents.ToImmutableSortedDictionary(named => named.Key, named => Document.Of(Encoding.UTF8.GetBytes(named.Value)), StringComparer.Ordinal),
            ConfirmedAt),
        ImmutableDictionary.CreateRange([.. Of(NumberKind.Site, Sites), .. Of(NumberKind.Node, Nodes), .. Of(NumberKind.Cell, Cells)]),
        [.. Keys.Select(key => key.ToKey())],
        [.. Secrets.Select(secret => new MasterSecret(secret.Id, secret.Bytes, secret.CreatedAt))]);

    private static SortedDictionary<string, int> NumbersOf(StandbyState state, NumberKind kind) => new(
        state.Numbers.Where(number => number.Key.Kind == kind).ToDictionary(number => number.Key.Name, number => number.Value), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<(NumberKind, string), int>> Of(NumberKind kind, SortedDictionary<string, int> numbers) =>
        numbers.Select(number => KeyValuePair.Create((kind, number.Key), number.Value));

    /// <summary>Another replica.</summary>
    internal sealed record Peer(byte Number, long Start, string Name, string Address, string Zone, string Version, bool HasLeft)
    {
        /// <summary>The form of a replica that is written.</summary>
        public static Peer Of(Member member) =>
            new(member.Number, member.Start, member.Draft.Name, member.Draft.Address, member.Draft.Zone, member.Draft.Version, member.HasLeft);

        /// <summary>The replica. Nobody has heard of it since the file was written: whether it lives, the peer channel tells.</summary>
        public Member ToMember() => new(Number, Start, new MemberDraft(Name, Address, Zone, Version), SilentFor: TimeSpan.Zero, HasLeft);
    }

    /// <summary>A key. The request that made it is left out: who asks again asks the store.</summary>
    internal sealed record Key(
        string Id, ApiKeyKind Kind, string Name, string[] Sites, byte[] Hash, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? RevokedAt, string? RevokedBy, string? Tenant)
    {
        /// <summary>The form of a key that is written.</summary>
        public static Key Of(ApiKey key) => new(
            key.Id, key.Kind, key.Name, [.. key.Sites], key.Hash.ToArray(), key.CreatedAt, key.CreatedBy, key.RevokedAt, key.RevokedBy, key.Tenant);

        /// <summary>The key.</summary>
        public ApiKey ToKey() => new(Id, Kind, Name, [.. Sites], Hash, CreatedAt, CreatedBy, RevokedAt, RevokedBy, Request: null) { Tenant = Tenant };
    }

    /// <summary>A secret.</summary>
    internal sealed record Secret(byte Id, byte[] Bytes, DateTimeOffset CreatedAt)
    {
        /// <summary>Without the bytes: a secret is never logged.</summary>
        public override string ToString() => $"Secret {Id}";
    }
}
