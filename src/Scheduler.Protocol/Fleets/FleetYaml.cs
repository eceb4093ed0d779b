using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>Fleets as YAML: the form that operators write. The shape is that of <see cref="FleetJson"/>.</summary>
public static class FleetYaml
{
    /// <summary>Reads a fleet; every problem at once.</summary>
    /// <param name="yaml">
    /// The document: at most 32 MB and 16 levels deep. Anchors, aliases, tags, unknown members and members that are given twice are refused.
    /// </param>
    public static DocumentReadResult<Fleet> Read(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        DocumentValue? document = YamlDocumentTree.Read(yaml, out DocumentFault? fault);
        return FleetDocumentReader.Read(document, fault);
    }

    /// <summary>Reads a fleet; every problem at once.</summary>
    /// <param name="yaml">The document in UTF-8, under the same limits.</param>
    public static DocumentReadResult<Fleet> Read(ReadOnlyMemory<byte> yaml)
    {
        string? text = Utf8Text.Read(yaml.Span, out DocumentFault? fault);
        return text is null ? FleetDocumentReader.Read(null, fault) : Read(text);
    }

    /// <summary>Writes a fleet, in its order, one line a node. What is written reads back as the same fleet.</summary>
    /// <param name="fleet">A valid fleet.</param>
    public static string Write(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return new FleetYamlWriter().Write(fleet);
    }
}
