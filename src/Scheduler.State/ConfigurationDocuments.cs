using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>The documents of one configuration. A part that an edit leaves alone keeps its document: nothing is encoded or hashed again.</summary>
internal sealed record ConfigurationDocuments(Document Fleet, Document Overrides, Document Drains, Document Policy, Document Zones)
{
    private const string FleetName = "fleet";
    private const string OverridesName = "overrides";
    private const string DrainsName = "drains";
    private const string PolicyName = "policy";
    private const string ZonesName = "zones";

    /// <summary>The documents of a whole configuration.</summary>
    public static ConfigurationDocuments Of(Configuration configuration, IConfigurationCodec codec) => new(
        Document.Of(codec.WriteFleet(configuration.Fleet)),
        Document.Of(codec.WriteOverrides(configuration.Overrides)),
        Document.Of(codec.WriteDrains(configuration.Drains)),
        Document.Of(codec.WritePolicy(configuration.Policy)),
        Document.Of(codec.WriteZones(configuration.Zones)));

    /// <summary>The documents of a stored revision.</summary>
    /// <exception cref="InvalidDataException">The revision lacks one of them.</exception>
    public static ConfigurationDocuments Of(long revision, ImmutableSortedDictionary<string, Document> stored, IConfigurationCodec codec)
    {
        // A revision from before there were policies, or zones, has none: it asked for nothing.
        Document policy = stored.TryGetValue(PolicyName, out Document? kept) ? kept : Document.Of(codec.WritePolicy(Core.Policies.Policy.Empty));
        Document zones = stored.TryGetValue(ZonesName, out Document? names) ? names : Document.Of(codec.WriteZones(Core.Zones.ZoneSet.Empty));
        return new(Named(FleetName), Named(OverridesName), Named(DrainsName), policy, zones);

        Document Named(string name) => stored.TryGetValue(name, out Document? document)
            ? document
            : throw new InvalidDataException($"Revision {revision} has no document '{name}'.");
    }

    /// <summary>The documents after an edit.</summary>
    public ConfigurationDocuments After(ConfigurationEdit.Replace edit, IConfigurationCodec codec) => new(
        edit.Fleet is { } fleet ? Document.Of(codec.WriteFleet(fleet)) : Fleet,
        edit.Overrides is { } overrides ? Document.Of(codec.WriteOverrides(overrides)) : Overrides,
        edit.Drains is { } drains ? Document.Of(codec.WriteDrains(drains)) : Drains,
        edit.Policy is { } policy ? Document.Of(codec.WritePolicy(policy)) : Policy,
        edit.Zones is { } zones ? Document.Of(codec.WriteZones(zones)) : Zones);

    /// <summary>True when both describe the same state.</summary>
    public bool Same(ConfigurationDocuments other)
        => Fleet.Hash == other.Fleet.Hash && Overrides.Hash == other.Overrides.Hash && Drains.Hash == other.Drains.Hash
            && Policy.Hash == other.Policy.Hash && Zones.Hash == other.Zones.Hash;

    /// <summary>The documents by the names that they are stored under.</summary>
    public ImmutableSortedDictionary<string, Document> ByName()
    {
        var documents = ImmutableSortedDictionary.CreateBuilder<string, Document>(StringComparer.Ordinal);
        documents.Add(FleetName, Fleet);
        documents.Add(OverridesName, Overrides);
        documents.Add(DrainsName, Drains);
        documents.Add(PolicyName, Policy);
        documents.Add(ZonesName, Zones);
        return documents.ToImmutable();
    }
}
