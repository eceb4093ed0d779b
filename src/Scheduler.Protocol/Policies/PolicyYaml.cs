using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Policies;

/// <summary>Policies as YAML: the form that operators write. The shape is that of <see cref="PolicyJson"/>.</summary>
public static class PolicyYaml
{
    /// <summary>Reads a policy; every problem at once.</summary>
    /// <param name="yaml">
    /// The document in UTF-8: at most 32 MB and 16 levels deep. Anchors, aliases, tags, unknown members and members that are given twice are refused.
    /// </param>
    /// <param name="fleet">The fleet that it must fit; null when it is not known, and then what it names is not looked for.</param>
    /// <param name="map">The map whose cells it may name; null when it is not known, and then any is taken.</param>
    public static DocumentReadResult<Policy> Read(ReadOnlyMemory<byte> yaml, Fleet? fleet, CellMap? map)
    {
        DocumentValue? document = Utf8Text.Read(yaml.Span, out DocumentFault? fault) is { } text ? YamlDocumentTree.Read(text, out fault) : null;
        return PolicyDocumentReader.Read(document, fault, fleet, map);
    }

    /// <summary>Writes a policy, in its order. What is written reads back as the same policy.</summary>
    /// <param name="policy">A valid policy.</param>
    public static string Write(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyYamlWriter().Write(policy);
    }
}
