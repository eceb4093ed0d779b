using System.Buffers.Binary;
using System.Collections.Immutable;
using Scheduler.Core.Sessions;

namespace Scheduler.Core.Zones;

/// <summary>
/// All zones by name: the lookup form. A table of hashes with open places over the lower-case names of the wire, empty names between others included, so that one look finds what
/// there is and a walk toward the root finds what there is not. Immutable; allocates nothing.
/// </summary>
public sealed class ZoneTable
{
    private readonly ZoneNode?[] _places;
    private readonly ulong[] _hashes;
    private readonly int _mask;
    private readonly int _deepest;

    private ZoneTable(Dictionary<DomainName, ZoneNode> nodes, ImmutableArray<ZoneApex> apexes, ImmutableArray<SteeredTarget> steered)
    {
        (Apexes, Steered) = (apexes, steered);
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, nodes.Count * 2));
        _mask = size - 1;
        _places = new ZoneNode?[size];
        _hashes = new ulong[size];
        foreach (ZoneNode node in nodes.Values)
        {
            ulong hash = StreamName.Hash(node.Name.Wire);
            int place = (int)hash & _mask;
            while (_places[place] is not null) place = (place + 1) & _mask;
            (_places[place], _hashes[place]) = (node, hash);
            _deepest = Math.Max(_deepest, node.Name.Labels);
        }
    }

    /// <summary>A table without zones.</summary>
    public static ZoneTable Empty { get; } = new([], [], []);

    /// <summary>The zones, by index.</summary>
    public ImmutableArray<ZoneApex> Apexes { get; }

    /// <summary>The steered names, by index.</summary>
    public ImmutableArray<SteeredTarget> Steered { get; }

    /// <summary>Compiles zones.</summary>
    /// <param name="zones">Valid zones.</param>
    /// <param name="revision">Revision of the configuration: what the SOA records tell as serial, which so rises with every change.</param>
    public static ZoneTable Build(ZoneSet zones, long revision)
    {
        ArgumentNullException.ThrowIfNull(zones);
        var nodes = new Dictionary<DomainName, ZoneNode>();
        var apexes = ImmutableArray.CreateBuilder<ZoneApex>();
        var steered = ImmutableArray.CreateBuilder<SteeredTarget>();
        foreach (Zone zone in zones.Zones)
        {
            DomainName origin = ZonesValidator.OriginOf(zone.Origin, out string? fault)?.ToLower() ?? throw new ArgumentException(fault, nameof(zones));
            var builder = new ZoneBuilder(zone, new ZoneApex(zone, origin, apexes.Count, SoaOf(zone, origin, revision)), nodes, steered);
            apexes.Add(builder.Build());
        }
        return new ZoneTable(nodes, apexes.ToImmutable(), steered.ToImmutable());
    }

    /// <summary>What there is for a name.</summary>
    /// <param name="lower">The name, whole and in lower case.</param>
    /// <param name="node">
    /// The name itself, the wildcard that stands for it, the delegation above it, or for <see cref="ZoneMatch.Absent"/> the nearest name above it; meaningless for
    /// <see cref="ZoneMatch.Elsewhere"/>.
    /// </param>
    public ZoneMatch Find(ReadOnlySpan<byte> lower, out ZoneNode node)
    {
        if (TryFind(lower, out node))
        {
            if (node.Cut is not { } cut) return ZoneMatch.Exact;
            node = cut;
            return ZoneMatch.Delegated;
        }
        // The nearest name above it that there is. A name of 127 labels is not hashed 127 times: none of the table is that deep.
        int labels = 0;
        for (int at = 0; lower[at] != 0; at += lower[at] + 1) labels++;
        ReadOnlySpan<byte> above = lower;
        while (labels-- > 0)
        {
            above = above[(above[0] + 1)..];
            if (labels > _deepest || !TryFind(above, out node)) continue;
            if (node.Cut is { } delegated)
            {
                node = delegated;
                return ZoneMatch.Delegated;
            }
            if (node.Wildcard is not { } wildcard) return ZoneMatch.Absent;
            node = wildcard;
            return ZoneMatch.Wildcard;
        }
        return ZoneMatch.Elsewhere;
    }

    /// <summary>A name, if the table has it, records or not.</summary>
    /// <param name="lower">The name, whole and in lower case.</param>
    /// <param name="node">The name.</param>
    public bool TryFind(ReadOnlySpan<byte> lower, out ZoneNode node)
    {
        ulong hash = StreamName.Hash(lower);
        for (int place = (int)hash & _mask; _places[place] is { } found; place = (place + 1) & _mask)
        {
            if (_hashes[place] != hash || !lower.SequenceEqual(found.Name.Wire)) continue;
            node = found;
            return true;
        }
        node = null!;
        return false;
    }

    /// <summary>A mailbox as a name (RFC 1035 section 8); null when it is none.</summary>
    internal static DomainName? MailboxOf(string text, DomainName origin)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || text.AsSpan(0, at).Contains('.')) return null;
        string domain = text[(at + 1)..];
        return DomainName.TryParse($"{text[..at]}.{domain.TrimEnd('.')}.", origin, out DomainName? name, out _) && !name.IsWildcard ? name : null;
    }

    private static RecordSet SoaOf(Zone zone, DomainName origin, long revision)
    {
        var data = new List<byte>();
        DomainName primary = DomainName.TryParse(zone.NameServers[0], origin, out DomainName? server, out string? fault)
            ? server
            : throw new ArgumentException(fault, nameof(zone));
        data.AddRange(primary.Wire);
        data.AddRange((MailboxOf(zone.Hostmaster, origin) ?? throw new ArgumentException("no mailbox", nameof(zone))).Wire);
        Span<byte> bytes = stackalloc byte[4];
        // Nobody transfers these zones; the times are those that RFC 1912 section 2.2 advises, for those who read them.
        foreach (uint number in (ReadOnlySpan<uint>)[(uint)revision, 7_200, 1_800, 1_209_600, (uint)zone.NegativeTtlS])
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            data.AddRange(bytes);
        }
        return new RecordSet(RecordType.Soa, zone.TtlS, [[.. data]]);
    }
}
