using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Protocol.Policies;
using Scheduler.Protocol.Zones;
using Scheduler.State.Ports;

namespace Scheduler.Server.Persistence;

/// <summary>Stores a configuration as JSON documents: fleet and policy in the form of the admin API, drains and overrides in their own.</summary>
public sealed class ConfigurationCodec : IConfigurationCodec
{
    /// <inheritdoc/>
    public byte[] WriteFleet(Fleet fleet) => FleetJson.Write(fleet);

    /// <inheritdoc/>
    public Fleet ReadFleet(ReadOnlyMemory<byte> document)
    {
        DocumentReadResult<Fleet> reading = FleetJson.Read(document.Span);
        return reading.Value ?? throw new InvalidDataException(
            $"The stored fleet is not valid: {string.Join("; ", reading.Problems.Take(5).Select(problem => $"{problem.Field} {problem.Reason}"))}.");
    }

    /// <inheritdoc/>
    public byte[] WriteOverrides(ImmutableArray<NodeOverride> overrides)
        => JsonSerializer.SerializeToUtf8Bytes([.. overrides.Select(StoredOverride.Of)], StoredJson.Default.StoredOverrideArray);

    /// <inheritdoc/>
    public ImmutableArray<NodeOverride> ReadOverrides(ReadOnlyMemory<byte> document)
        => [.. Read(document, StoredJson.Default.StoredOverrideArray).Select(stored => stored.ToOverride())];

    /// <inheritdoc/>
    public byte[] WriteDrains(ImmutableArray<Drain> drains)
        => JsonSerializer.SerializeToUtf8Bytes([.. drains.Select(StoredDrain.Of)], StoredJson.Default.StoredDrainArray);

    /// <inheritdoc/>
    public ImmutableArray<Drain> ReadDrains(ReadOnlyMemory<byte> document)
        => [.. Read(document, StoredJson.Default.StoredDrainArray).Select(stored => stored.ToDrain())];

    /// <inheritdoc/>
    public byte[] WritePolicy(Policy policy) => PolicyJson.Write(policy);

    /// <inheritdoc/>
    public Policy ReadPolicy(ReadOnlyMemory<byte> document)
    {
        // It fitted the fleet of its revision when it was written; the map may have been replaced since.
        DocumentReadResult<Policy> reading = PolicyJson.Read(document.Span, fleet: null, map: null);
        return reading.Value ?? throw new InvalidDataException(
            $"The stored policy is not valid: {string.Join("; ", reading.Problems.Take(5).Select(problem => $"{problem.Field} {problem.Reason}"))}.");
    }

    /// <inheritdoc/>
    public byte[] WriteZones(ZoneSet zones) => ZonesJson.Write(zones);

    /// <inheritdoc/>
    public ZoneSet ReadZones(ReadOnlyMemory<byte> document)
    {
        DocumentReadResult<ZoneSet> reading = ZonesJson.Read(document.Span, policy: null);
        return reading.Value ?? throw new InvalidDataException(
            $"The stored zones are not valid: {string.Join("; ", reading.Problems.Take(5).Select(problem => $"{problem.Field} {problem.Reason}"))}.");
    }

    private static T[] Read<T>(ReadOnlyMemory<byte> document, JsonTypeInfo<T[]> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document.Span, type) ?? throw new InvalidDataException("A stored document is null.");
        }
        catch (JsonException cause)
        {
            throw new InvalidDataException($"A stored document cannot be read: {cause.Message}", cause);
        }
    }
}
