namespace Scheduler.Core.Topology;

/// <summary>
/// The paths of nodes in a document that lists each site's nodes under the site. Costs nothing until the first path is asked for.
/// </summary>
internal sealed class NodePaths(Fleet fleet)
{
    private string[]? _paths;

    /// <summary>Path of the node at a position of <see cref="Fleet.Nodes"/>.</summary>
    public string Of(int node) => (_paths ??= Build())[node];

    private string[] Build()
    {
        var sites = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < fleet.Sites.Length; i++) sites.TryAdd(fleet.Sites[i].Id, i);
        var next = new int[fleet.Sites.Length];
        var paths = new string[fleet.Nodes.Length];
        for (int i = 0; i < paths.Length; i++)
            paths[i] = sites.TryGetValue(fleet.Nodes[i].Site, out int site) ? $"sites[{site}].nodes[{next[site]++}]" : $"nodes[{i}]";
        return paths;
    }
}
