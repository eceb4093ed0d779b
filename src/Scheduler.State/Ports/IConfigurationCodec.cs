using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;

namespace Scheduler.State.Ports;

/// <summary>
/// Turns the parts of a configuration into the bytes of their documents and back. The same value always gives the same bytes; reading throws
/// <see cref="InvalidDataException"/> for bytes that no version wrote.
/// </summary>
public interface IConfigurationCodec
{
    /// <summary>Bytes of a fleet.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    byte[] WriteFleet(Fleet fleet);

    /// <summary>The fleet, valid and in canonical order.</summary>
    /// <param name="document">What <see cref="WriteFleet"/> gave.</param>
    Fleet ReadFleet(ReadOnlyMemory<byte> document);

    /// <summary>Bytes of node overrides.</summary>
    /// <param name="overrides">By node id.</param>
    byte[] WriteOverrides(ImmutableArray<NodeOverride> overrides);

    /// <summary>The node overrides.</summary>
    /// <param name="document">What <see cref="WriteOverrides"/> gave.</param>
    ImmutableArray<NodeOverride> ReadOverrides(ReadOnlyMemory<byte> document);

    /// <summary>Bytes of drains.</summary>
    /// <param name="drains">By time of making.</param>
    byte[] WriteDrains(ImmutableArray<Drain> drains);

    /// <summary>The drains.</summary>
    /// <param name="document">What <see cref="WriteDrains"/> gave.</param>
    ImmutableArray<Drain> ReadDrains(ReadOnlyMemory<byte> document);

    /// <summary>Bytes of a policy.</summary>
    /// <param name="policy">A valid policy.</param>
    byte[] WritePolicy(Policy policy);

    /// <summary>The policy.</summary>
    /// <param name="document">What <see cref="WritePolicy"/> gave.</param>
    Policy ReadPolicy(ReadOnlyMemory<byte> document);

    /// <summary>Bytes of zones.</summary>
    /// <param name="zones">Valid zones.</param>
    byte[] WriteZones(ZoneSet zones);

    /// <summary>The zones.</summary>
    /// <param name="document">What <see cref="WriteZones"/> gave.</param>
    ZoneSet ReadZones(ReadOnlyMemory<byte> document);
}
