using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;

namespace Scheduler.Core.Routing;

/// <summary>How each node is reached, by index, in the forms in which DNS answers tell it. Immutable.</summary>
public sealed class NodeAddresses
{
    private readonly AddressFamilies[] _families;
    private readonly IpKey[] _v4;
    private readonly IpKey[] _v6;
    private readonly byte[][] _hosts;
    private readonly ushort?[] _ports;

    internal NodeAddresses(ImmutableArray<IndexedNode?> nodes)
    {
        _families = new AddressFamilies[nodes.Length];
        (_v4, _v6) = (new IpKey[nodes.Length], new IpKey[nodes.Length]);
        (_hosts, _ports) = (new byte[nodes.Length][], new ushort?[nodes.Length]);
        foreach (IndexedNode node in nodes.OfType<IndexedNode>())
        {
            int index = node.Index;
            if (node.Node.IPv4 is { } v4) (_v4[index], _families[index]) = (IpKey.From(v4), _families[index] | AddressFamilies.V4);
            if (node.Node.IPv6 is { } v6) (_v6[index], _families[index]) = (IpKey.From(v6), _families[index] | AddressFamilies.V6);
            (_hosts[index], _ports[index]) = HostOf(node.Node.Host);
        }
    }

    /// <summary>True when a node has addresses of all families that are asked for.</summary>
    public bool Has(int node, AddressFamilies families) => (_families[node] & families) == families;

    /// <summary>A node's IPv4 address; meaningless when it has none.</summary>
    public IpKey V4(int node) => _v4[node];

    /// <summary>A node's IPv6 address; meaningless when it has none.</summary>
    public IpKey V6(int node) => _v6[node];

    /// <summary>A node's host name in the form of the wire; the root's when players connect to an address.</summary>
    public ReadOnlySpan<byte> Host(int node) => _hosts[node];

    /// <summary>The port of a node's host; null when none is told.</summary>
    public ushort? Port(int node) => _ports[node];

    private static (byte[] Host, ushort? Port) HostOf(string host)
    {
        int colon = host.LastIndexOf(':');
        bool hasPort = colon >= 0 && !host.EndsWith(']') && ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        ushort? port = hasPort ? ushort.Parse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture) : null;
        string name = hasPort ? host[..colon] : host;
        bool isName = HostPort.IsValid(name) && !IpKey.TryParse(name, out _) && !name.StartsWith('[');
        return isName && DomainName.TryParse(name + ".", DomainName.Root, out DomainName? wire, out _) ? (wire.Wire.ToArray(), port) : (DomainName.Root.Wire.ToArray(), port);
    }
}
