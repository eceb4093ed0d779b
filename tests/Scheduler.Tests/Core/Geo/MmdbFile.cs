using System.Buffers.Binary;
using System.Text;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

/// <summary>Writes small MaxMind DB files for tests: what the reader is held against when no public file has the case.</summary>
internal sealed class MmdbFile(int ipVersion, int recordSize)
{
    private readonly List<long[]> _nodes = [[Empty, Empty]]; // >= 0: node; Empty; else -2 - offset of the record
    private readonly MemoryStream _records = new();
    private const long Empty = -1;

    public static byte[] City(int ipVersion, params (string Prefix, string Country, string City, float Latitude, float Longitude)[] rows)
    {
        var file = new MmdbFile(ipVersion, 28);
        foreach (var row in rows)
        {
            file.Add(IpPrefixTests.Parse(row.Prefix), new Dictionary<string, object>
            {
                ["country_code"] = row.Country, ["city"] = row.City, ["latitude"] = row.Latitude, ["longitude"] = row.Longitude,
            });
        }
        return file.ToBytes();
    }

    public int Append(object record)
    {
        int offset = (int)_records.Length;
        Encode(_records, record);
        return offset;
    }

    public MmdbFile Add(IpPrefix prefix, object record) => Point(prefix, Append(record));

    public MmdbFile Point(IpPrefix prefix, int offset)
    {
        int bits = ipVersion == 4 ? 32 : 128;
        UInt128 address = prefix.IsV4 ? prefix.Network.V4 : prefix.Network.Value;
        int length = prefix.IsV4 && ipVersion == 6 ? prefix.Length + 96 : prefix.Length;
        int node = 0;
        for (int depth = 0; ; depth++)
        {
            int side = (int)((address >> (bits - 1 - depth)) & 1);
            if (depth == length - 1)
            {
                _nodes[node][side] = -2 - offset;
                return this;
            }
            if (_nodes[node][side] < 0)
            {
                _nodes.Add([_nodes[node][side], _nodes[node][side]]);
                _nodes[node][side] = _nodes.Count - 1;
            }
            node = (int)_nodes[node][side];
        }
    }

    /// <summary>The node that was made last.</summary>
    public int LastNode => _nodes.Count - 1;

    /// <summary>The node in which a prefix that is in the tree ends.</summary>
    public int NodeOf(IpPrefix prefix)
    {
        int bits = ipVersion == 4 ? 32 : 128, length = prefix.IsV4 && ipVersion == 6 ? prefix.Length + 96 : prefix.Length;
        UInt128 address = prefix.IsV4 ? prefix.Network.V4 : prefix.Network.Value;
        int node = 0;
        for (int depth = 0; depth < length - 1; depth++) node = (int)_nodes[node][(int)((address >> (bits - 1 - depth)) & 1)];
        return node;
    }

    /// <summary>Makes one branch of the tree lead to another node, for loops and aliases.</summary>
    public void Link(int node, int side, int target) => _nodes[node][side] = target;

    public byte[] ToBytes(ulong epoch = 1_700_000_000)
    {
        using var file = new MemoryStream();
        Span<byte> eight = stackalloc byte[8];
        foreach (long[] node in _nodes)
        {
            uint left = Record(node[0]), right = Record(node[1]);
            BinaryPrimitives.WriteUInt32BigEndian(eight, left);
            BinaryPrimitives.WriteUInt32BigEndian(eight[4..], right);
            switch (recordSize)
            {
                case 24: file.Write([eight[1], eight[2], eight[3], eight[5], eight[6], eight[7]]); break;
                case 28: file.Write([eight[1], eight[2], eight[3], (byte)((eight[0] << 4) | eight[4]), eight[5], eight[6], eight[7]]); break;
                default: file.Write(eight); break;
            }
        }
        file.Write(new byte[16]);
        _records.WriteTo(file);
        file.Write([0xAB, 0xCD, 0xEF]);
        file.Write("MaxMind.com"u8);
        Encode(file, new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2, ["binary_format_minor_version"] = (ushort)0, ["build_epoch"] = epoch,
            ["database_type"] = "test", ["ip_version"] = (ushort)ipVersion, ["node_count"] = (uint)_nodes.Count, ["record_size"] = (ushort)recordSize,
        });
        return file.ToArray();
    }

    private uint Record(long value) => (uint)(value >= 0 ? value : value == Empty ? _nodes.Count : _nodes.Count + 16 + (-2 - value));

    private static void Encode(Stream to, object value)
    {
        switch (value)
        {
            case string text: Sized(to, 2, Encoding.UTF8.GetBytes(text)); break;
            case double real: Sized(to, 3, Big(BitConverter.DoubleToUInt64Bits(real), 8)); break;
            case byte[] bytes: Sized(to, 4, bytes); break;
            case ushort number: Sized(to, 5, Big(number, 2)); break;
            case uint number: Sized(to, 6, Big(number, 4)); break;
            case int number: Sized(to, 8, Big((uint)number, 4)); break;
            case ulong number: Sized(to, 9, Big(number, 8)); break;
            case UInt128 number: Sized(to, 10, [.. Big((ulong)(number >> 64), 8), .. Big((ulong)number, 8)]); break;
            case float real: Sized(to, 15, Big(BitConverter.SingleToUInt32Bits(real), 4)); break;
            case bool truth: Control(to, 14, truth ? 1 : 0); break;
            case Dictionary<string, object> map:
                Control(to, 7, map.Count);
                foreach ((string key, object member) in map)
                {
                    Encode(to, key);
                    Encode(to, member);
                }
                break;
            case object[] items:
                Control(to, 11, items.Length);
                foreach (object item in items) Encode(to, item);
                break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void Sized(Stream to, int type, byte[] content)
    {
        Control(to, type, content.Length);
        to.Write(content);
    }

    private static void Control(Stream to, int type, int size)
    {
        int low = Math.Min(size, size < 29 ? size : size < 285 ? 29 : 30);
        if (type <= 7) to.WriteByte((byte)((type << 5) | low));
        else to.Write([(byte)low, (byte)(type - 7)]);
        if (low == 29) to.WriteByte((byte)(size - 29));
        if (low == 30) to.Write([(byte)((size - 285) >> 8), (byte)(size - 285)]);
    }

    private static byte[] Big(ulong value, int bytes)
    {
        byte[] all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        return all[(8 - bytes)..];
    }
}
