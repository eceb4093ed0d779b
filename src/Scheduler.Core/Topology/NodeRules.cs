using System.Net;

namespace Scheduler.Core.Topology;

/// <summary>Rules for nodes.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="names">Its ids.</param>
/// <param name="problems">Where the problems go.</param>
/// <param name="path">Path of a node by its position.</param>
internal sealed class NodeRules(Fleet fleet, FleetNames names, FleetProblems problems, Func<int, string> path)
{
    private const NodeRoles AllRoles = NodeRoles.Edge | NodeRoles.Ingest | NodeRoles.Origin;

    private const StreamProtocols AllProtocols = StreamProtocols.Hls | StreamProtocols.Dash | StreamProtocols.Flv
        | StreamProtocols.WebRtc | StreamProtocols.Rtmp | StreamProtocols.Srt;

    private readonly UniqueText _ids = new("id", StringComparer.Ordinal, fleet.Nodes.Length);
    private readonly UniqueText _hosts = new("host", StringComparer.OrdinalIgnoreCase, fleet.Nodes.Length); // names have no case (RFC 4343)
    private readonly Dictionary<IPAddress, int> _addresses = new(2 * fleet.Nodes.Length);

    public void Check()
    {
        for (int i = 0; i < fleet.Nodes.Length; i++)
        {
            Node node = fleet.Nodes[i];
            CheckIdentity(node, i);
            if (CommonRules.CapacityFault(node.Capacity, FleetLimits.NodeCapacity) is string fault) Add(i, "capacity_bps", fault);
            if (node.Roles == NodeRoles.None || (node.Roles & ~AllRoles) != 0)
                Add(i, "roles", "must have at least one of edge, ingest, origin");
            if (node.Protocols == StreamProtocols.None || (node.Protocols & ~AllProtocols) != 0)
                Add(i, "protocols", "must have at least one of hls, dash, flv, webrtc, rtmp, srt");
            CheckAddress(node.IPv4, 4, i, "ipv4");
            CheckAddress(node.IPv6, 16, i, "ipv6");
            CommonRules.CheckLabels(node.Labels, problems, path, i);
        }
    }

    private void CheckIdentity(Node node, int i)
    {
        if (!FleetText.IsId(node.Id, FleetLimits.NodeIdLength)) Add(i, "id", CommonRules.IdReason(FleetLimits.NodeIdLength));
        else if (_ids.Clash(node.Id, i) is int first) Add(i, "id", _ids.Reason(node.Id, path(first)));

        if (names.Site(node.Site) is null) Add(i, "site", $"names no site of this fleet: {FleetText.Quote(node.Site)}");

        if (!HostPort.IsValid(node.Host))
        {
            Add(i, "host", "must be a host name, an IPv4 address or an IPv6 address in brackets, with an optional port: "
                + FleetText.Quote(node.Host));
        }
        else if (_hosts.Clash(node.Host, i) is int first) Add(i, "host", _hosts.Reason(node.Host, path(first)));
    }

    private void CheckAddress(IPAddress? address, int bytes, int i, string member)
    {
        if (address is null) return;
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int written);
        if (written != bytes) Add(i, member, $"is not an {(bytes == 4 ? "IPv4" : "IPv6")} address: {address}");
        else if (!IsOneHost(address, octets[..written])) Add(i, member, $"must be the address of one host that others can reach: {address}");
        else if (!_addresses.TryAdd(address, i)) Add(i, member, $"is the same address as that of {path(_addresses[address])}: {address}");
    }

    /// <summary>False for addresses that mean none, all, many, or "on this link".</summary>
    private static bool IsOneHost(IPAddress address, ReadOnlySpan<byte> octets) => octets.Length == 4
        ? octets[0] is > 0 and < 224
        : !(address.Equals(IPAddress.IPv6Any) || address.IsIPv6Multicast || address.IsIPv6LinkLocal || address.IsIPv4MappedToIPv6);

    private void Add(int i, string member, string reason) => problems.Add($"{path(i)}.{member}", reason);
}
