using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Scheduler.Core.Zones;

/// <summary>What a record says as a zone's file has it, from the bytes of the wire: the way back of <see cref="RecordData"/>. For people and other servers; it allocates.</summary>
public static class RecordText
{
    /// <summary>The text of a record; other types than those of a zone in the form of RFC 3597 section 5.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="data">Well-formed data of the type; names whole.</param>
    public static string Of(RecordType type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case RecordType.A or RecordType.Aaaa: return new IPAddress(data).ToString();
            case RecordType.Ns or RecordType.Cname: return TakeName(ref data);
            case RecordType.Txt:
                var texts = new List<string>();
                for (; !data.IsEmpty; data = data[(data[0] + 1)..]) texts.Add(Quote(data.Slice(1, data[0])));
                return string.Join(' ', texts);
            case RecordType.Caa: return string.Create(CultureInfo.InvariantCulture, $"{data[0]} {Encoding.ASCII.GetString(data.Slice(2, data[1]))} {Quote(data[(2 + data[1])..])}");
            case RecordType.Soa:
                string primary = TakeName(ref data), mailbox = TakeName(ref data);
                var numbers = new List<string>();
                for (; !data.IsEmpty; data = data[4..]) numbers.Add(BinaryPrimitives.ReadUInt32BigEndian(data).ToString(CultureInfo.InvariantCulture));
                return $"{primary} {mailbox} {string.Join(' ', numbers)}";
            case RecordType.Svcb or RecordType.Https: return ServiceText(data);
            default: return string.Create(CultureInfo.InvariantCulture, $"\\# {data.Length} {Convert.ToHexStringLower(data)}");
        }
    }

    private static string ServiceText(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(data)} ");
        data = data[2..];
        text.Append(TakeName(ref data));
        while (!data.IsEmpty)
        {
            var key = (ServiceParameter)BinaryPrimitives.ReadUInt16BigEndian(data);
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            text.Append(' ').Append(Parameter(key, data.Slice(4, length)));
            data = data[(4 + length)..];
        }
        return text.ToString();
    }

    private static string Parameter(ServiceParameter key, ReadOnlySpan<byte> value)
    {
        var items = new List<string>();
        switch (key)
        {
            case ServiceParameter.NoDefaultAlpn: return ServiceBinding.NameOf(key);
            case ServiceParameter.Port: return string.Create(CultureInfo.InvariantCulture, $"port={BinaryPrimitives.ReadUInt16BigEndian(value)}");
            case ServiceParameter.Alpn:
                for (; !value.IsEmpty; value = value[(value[0] + 1)..]) items.Add(Encoding.ASCII.GetString(value.Slice(1, value[0])));
                break;
            case ServiceParameter.Mandatory:
                for (; !value.IsEmpty; value = value[2..]) items.Add(ServiceBinding.NameOf((ServiceParameter)BinaryPrimitives.ReadUInt16BigEndian(value)));
                break;
            default:
                int size = key == ServiceParameter.Ipv4Hint ? 4 : 16;
                for (; !value.IsEmpty; value = value[size..]) items.Add(new IPAddress(value[..size]).ToString());
                break;
        }
        return $"{ServiceBinding.NameOf(key)}={string.Join(',', items)}";
    }

    private static string TakeName(ref ReadOnlySpan<byte> data)
    {
        int end = 0;
        while (data[end] != 0) end += data[end] + 1;
        string name = DomainName.Of(data[..(end + 1)]).ToString();
        data = data[(end + 1)..];
        return name;
    }

    private static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder("\"");
        foreach (byte b in text)
        {
            if (b is (byte)'"' or (byte)'\\') quoted.Append('\\').Append((char)b);
            else if (b is >= 0x20 and < 0x7F) quoted.Append((char)b);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\{b:D3}");
        }
        return quoted.Append('"').ToString();
    }
}
