using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Server.Endpoints.Admin;

namespace Scheduler.Tests.Server.Admin;

/// <summary>
/// The least language that has fleets and faults: a node a line, <c>SITE NODE ROLE</c>; as JSON the same lines in a list. It stands in for the document
/// codecs, so that these tests are about the calls and not about the documents.
/// </summary>
internal sealed class TextFleetLanguage : IFleetLanguage
{
    public FleetReading ReadJson(ReadOnlyMemory<byte> document)
    {
        try
        {
            return Read(JsonSerializer.Deserialize<string[]>(document.Span) ?? []);
        }
        catch (JsonException cause)
        {
            return new FleetReading(null, [new FleetDocumentFault("$", "is no list of lines", (int?)cause.LineNumber + 1, null)]);
        }
    }

    public FleetReading ReadYaml(ReadOnlyMemory<byte> document)
        => Read(Encoding.UTF8.GetString(document.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public byte[] WriteJson(Fleet fleet) => JsonSerializer.SerializeToUtf8Bytes(Lines(fleet));

    public byte[] WriteYaml(Fleet fleet) => Encoding.UTF8.GetBytes(string.Concat(Lines(fleet).Select(line => line + "\n")));

    public ImmutableArray<int> Resolve(Fleet fleet, DrainTarget target)
        => [.. Enumerable.Range(0, fleet.Nodes.Length).Where(i => Matches(fleet.Nodes[i], target))];

    public string? FindFault(Fleet fleet, DrainTarget target) => Resolve(fleet, target).IsEmpty ? $"names nothing in the fleet: '{target.Value}'" : null;

    private static bool Matches(Node node, DrainTarget target) => target.Kind switch
    {
        DrainTargetKind.Site => node.Site == target.Value,
        DrainTargetKind.Node => node.Id == target.Value,
        _ => target.Value == "all=nodes",
    };

    private static string[] Lines(Fleet fleet) => [.. fleet.Nodes.Select(node => $"{node.Site} {node.Id} {node.Roles}")];

    private static FleetReading Read(string[] lines)
    {
        var faults = ImmutableArray.CreateBuilder<FleetDocumentFault>();
        var nodes = new List<Node>();
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split(' ');
            if (words.Length == 3 && Enum.TryParse(words[2], out NodeRoles roles)) nodes.Add(NodeOf(words[0], words[1], roles));
            else faults.Add(new FleetDocumentFault($"nodes[{i}]", "must be SITE NODE ROLE", i + 1, 1));
        }

        if (faults.Count > 0) return new FleetReading(null, faults.ToImmutable());
        nodes.Sort((a, b) => string.CompareOrdinal(a.Site + " " + a.Id, b.Site + " " + b.Id));
        return new FleetReading(Fleet.Empty with { Sites = [.. nodes.Select(node => node.Site).Distinct().Select(SiteOf)], Nodes = [.. nodes] }, []);
    }

    private static Node NodeOf(string site, string id, NodeRoles roles) => new(
        id, site, new BitRate(1), roles, StreamProtocols.Hls, $"{id}.example", null, null, ImmutableSortedDictionary<string, string>.Empty);

    private static Site SiteOf(string id) => new(
        id, SiteKind.Pop, "region", "place", "GB", default, null, "tariff", [], ImmutableSortedDictionary<string, string>.Empty);
}
