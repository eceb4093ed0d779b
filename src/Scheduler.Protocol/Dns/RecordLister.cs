using System.Buffers.Binary;
using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>Tells the records of one name in words, for other servers and for people: the same decision as behind the socket. Allocates.</summary>
public static class RecordLister
{
    private static readonly RecordType[] SteeredTypes = [RecordType.A, RecordType.Aaaa, RecordType.Https];

    /// <summary>Every record of a name that a question is answered with, aliases not followed.</summary>
    /// <param name="moment">What it rests on.</param>
    /// <param name="node">The name.</param>
    /// <param name="name">The name that was asked for, which a wildcard may stand for; whole.</param>
    /// <param name="type">The type; <see cref="RecordType.Any"/> for all.</param>
    /// <param name="client">The client, for steered names.</param>
    /// <param name="playKbps">What one viewer weighs, kbit/s.</param>
    /// <param name="isShort">True when the name is steered and no node can serve the client now.</param>
    public static ImmutableArray<TextRecord> Of(in DnsMoment moment, ZoneNode node, string name, RecordType type, IpKey client, int playKbps, out bool isShort)
    {
        ArgumentNullException.ThrowIfNull(node);
        var records = ImmutableArray.CreateBuilder<TextRecord>();
        foreach (RecordSet set in node.Sets)
        {
            if (type != RecordType.Any && type != set.Type && set.Type != RecordType.Cname) continue;
            foreach (byte[] data in set.Data) records.Add(new TextRecord(name, set.Type, set.TtlS, RecordText.Of(set.Type, data)));
        }
        isShort = false;
        if (node.Steered is not { } target || (type != RecordType.Any && !SteeredTypes.Contains(type))) return records.ToImmutable();
        int known = records.Count;
        foreach (RecordType steered in SteeredTypes)
            if ((type == RecordType.Any || type == steered) && moment.Snapshot is { } snapshot) Steer(in moment, snapshot, target, name, steered, client, playKbps, records);
        isShort = records.Count == known && !AnySiteServes(in moment, new SteeredQuestion(target, client, AddressFamilies.None), playKbps);
        return records.ToImmutable();
    }

    private static bool AnySiteServes(in DnsMoment moment, SteeredQuestion question, int playKbps)
    {
        if (moment.Snapshot is not { } snapshot) return false;
        SteeredAnswer.Decide(in moment, snapshot, in question, playKbps, out SteeredAnswer answer);
        return answer.Decision.Count > 0;
    }

    private static void Steer(
        in DnsMoment moment, RoutingSnapshot snapshot, SteeredTarget target, string name, RecordType type, IpKey client, int playKbps,
        ImmutableArray<TextRecord>.Builder records)
    {
        var question = new SteeredQuestion(target, client, AnswerBuilder.FamiliesOf(type));
        SteeredAnswer.Decide(in moment, snapshot, in question, playKbps, out SteeredAnswer answer);
        for (int rank = 0; rank < answer.Decision.Count; rank++)
        {
            string data = DataOf(type, target, rank, answer.Decision[rank].Node, snapshot.Fleet.Addresses);
            records.Add(new TextRecord(name, type, answer.TtlS, data, answer.Scope));
        }
    }

    private static string DataOf(RecordType type, SteeredTarget target, int rank, int node, NodeAddresses addresses)
    {
        if (type == RecordType.A) return addresses.V4(node).ToString();
        if (type == RecordType.Aaaa) return addresses.V6(node).ToString();
        var data = new List<byte>();
        Add(data, (ushort)(rank + 1));
        data.AddRange(addresses.Host(node));
        if (!target.Alpn.IsEmpty) Add(data, ServiceParameter.Alpn, target.Alpn.Span);
        if (addresses.Port(node) is { } port) Add(data, ServiceParameter.Port, [(byte)(port >> 8), (byte)port]);
        if (addresses.Has(node, AddressFamilies.V4)) Add(data, ServiceParameter.Ipv4Hint, addresses.V4(node).ToIPAddress().GetAddressBytes());
        if (addresses.Has(node, AddressFamilies.V6)) Add(data, ServiceParameter.Ipv6Hint, addresses.V6(node).ToIPAddress().GetAddressBytes());
        return RecordText.Of(RecordType.Https, [.. data]);
    }

    private static void Add(List<byte> data, ServiceParameter key, ReadOnlySpan<byte> value)
    {
        Add(data, (ushort)key);
        Add(data, (ushort)value.Length);
        data.AddRange(value);
    }

    private static void Add(List<byte> data, ushort number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        data.AddRange(bytes);
    }
}
