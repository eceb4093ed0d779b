using System.Globalization;
using System.Text;

namespace Scheduler.Core.Zones;

/// <summary>Reads the text of SVCB and HTTPS records (RFC 9460 section 2.1): priority, target, then <c>name=value</c> pairs.</summary>
internal static class ServiceBinding
{
    private static readonly (string Name, ServiceParameter Key)[] Names =
    [
        ("mandatory", ServiceParameter.Mandatory), ("alpn", ServiceParameter.Alpn), ("no-default-alpn", ServiceParameter.NoDefaultAlpn),
        ("port", ServiceParameter.Port), ("ipv4hint", ServiceParameter.Ipv4Hint), ("ipv6hint", ServiceParameter.Ipv6Hint),
    ];

    /// <summary>Appends the bytes of a record.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Append(string text, DomainName origin, List<byte> output)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort priority))
            return "must be a priority, a target and parameters, such as 1 . alpn=h2";
        RecordData.Append(output, priority);
        if (RecordData.Name(parts[1], origin, output) is { } fault) return $"has a target that {fault}";
        var values = new SortedDictionary<ServiceParameter, List<byte>>();
        foreach (string part in parts.Skip(2))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            int known = Array.FindIndex(Names, entry => entry.Name == name);
            if (known < 0) return $"has a parameter that is not known: {name}; known are {string.Join(", ", Names.Select(entry => entry.Name))}";
            var value = new List<byte>();
            if (Value(Names[known].Key, equals < 0 ? null : part[(equals + 1)..].Trim('"'), value) is { } wrong) return $"has a {name} that {wrong}";
            if (!values.TryAdd(Names[known].Key, value)) return $"has {name} twice";
        }
        if (priority == 0 && values.Count > 0) return "has priority 0, an alias, and parameters, which an alias cannot have";
        if (values.ContainsKey(ServiceParameter.NoDefaultAlpn) && !values.ContainsKey(ServiceParameter.Alpn)) return "has no-default-alpn and no alpn";
        foreach ((ServiceParameter key, List<byte> value) in values)
        {
            RecordData.Append(output, (ushort)key);
            RecordData.Append(output, (ushort)value.Count);
            output.AddRange(value);
        }
        return null;
    }

    private static string? Value(ServiceParameter key, string? text, List<byte> output)
    {
        if (key == ServiceParameter.NoDefaultAlpn) return text is null ? null : "must have no value";
        if (string.IsNullOrEmpty(text)) return "must have a value";
        if (key == ServiceParameter.Port)
        {
            if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return "must be a port";
            RecordData.Append(output, port);
            return null;
        }
        var keys = new SortedSet<ushort>();
        foreach (string item in text.Split(','))
        {
            string? fault = key switch
            {
                ServiceParameter.Ipv4Hint => RecordData.Address(item, v4: true, output),
                ServiceParameter.Ipv6Hint => RecordData.Address(item, v4: false, output),
                ServiceParameter.Alpn => Protocol(item, output),
                _ => Array.Find(Names, entry => entry.Name == item) is { Name: not null, Key: not ServiceParameter.Mandatory and var needed } && keys.Add((ushort)needed)
                    ? null
                    : "must name other parameters, each once",
            };
            if (fault is not null) return fault;
        }
        foreach (ushort needed in keys) RecordData.Append(output, needed);
        return null;
    }

    /// <summary>Appends a protocol's id after its length (RFC 7301 section 3.1).</summary>
    internal static string? Protocol(string id, List<byte> output)
    {
        if (id.Length is 0 or > byte.MaxValue || id.Any(c => c is <= ' ' or > '~' or ',' or '"' or '\\')) return "must be protocols such as h2,h3";
        output.Add((byte)id.Length);
        output.AddRange(Encoding.ASCII.GetBytes(id));
        return null;
    }
}
