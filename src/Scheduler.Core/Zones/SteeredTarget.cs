using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Zones;

/// <summary>A steered name, compiled.</summary>
public sealed class SteeredTarget
{
    internal SteeredTarget(SteeredName steered, int index, ReadOnlySpan<byte> lowerName)
    {
        Name = steered;
        Index = index;
        Seed = StreamName.Hash(lowerName);
        var alpn = new List<byte>();
        foreach (string id in steered.Alpn) _ = ServiceBinding.Protocol(id, alpn);
        Alpn = alpn.ToArray();
    }

    /// <summary>What the operator wrote.</summary>
    public SteeredName Name { get; }

    /// <summary>Its place among all steered names of the table.</summary>
    public int Index { get; }

    /// <summary>Hash of the name: two names of one class spread their viewers differently.</summary>
    public ulong Seed { get; }

    /// <summary>Protocols, one of which the nodes must speak; none means any.</summary>
    public StreamProtocols Protocols => Name.Protocols;

    /// <summary>The value of the alpn parameter (RFC 9460 section 7.1.1); empty for none.</summary>
    public ReadOnlyMemory<byte> Alpn { get; }
}
