using System.Text;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Steering;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>
/// The order of pathways in a manifest: the nodes of the decision as clones, then the pathways of their sites, for players that know no clones; then others that the
/// playlist declares, as far as fewer than two are named that everybody knows. With one a player has nowhere to go when a node fails, and with none some stop.
/// </summary>
/// <param name="request">What the player asked, and what the playlist declares: where it does not say, a site is taken to be declared.</param>
/// <param name="snapshot">The snapshot of the request; null when there is none yet.</param>
/// <param name="cell">Dense index of the viewer's cell.</param>
/// <param name="row">Row of the candidate table.</param>
/// <param name="streamClass">Number of the stream's class.</param>
internal readonly ref struct PathwayOrder(SteeringRequest request, RoutingSnapshot? snapshot, int cell, int row, int streamClass)
{
    private const int WantedDeclared = 2;

    private readonly SteeringRequest _request = request;
    private readonly RoutingSnapshot? _snapshot = snapshot?.As(streamClass);

    /// <summary>Names pathways, and ends the manifest.</summary>
    /// <param name="writer">A manifest that names none yet.</param>
    /// <param name="nodes">Nodes of the decision, best first.</param>
    /// <returns>Bytes of the manifest; 0 when there is nothing to name.</returns>
    public int Write(ref SteeringManifestWriter writer, ReadOnlySpan<NodePathway> nodes)
    {
        int declared = 0;
        foreach (NodePathway node in nodes)
        {
            bool own = Declares(node.Site);
            if (node.HasClone && (own || !_request.Declared.IsEmpty)) writer.AddClone(node, own);
            else if (own && writer.Add(node.Site)) declared++;
        }
        foreach (NodePathway node in nodes)
            if (Declares(node.Site) && writer.Add(node.Site)) declared++;
        if (_snapshot is not null && declared < WantedDeclared) declared += AddNear(ref writer, _snapshot, WantedDeclared - declared);
        if (declared < WantedDeclared) AddDeclared(ref writer, declared);
        if (_request.Declared.IsEmpty) AddUsed(ref writer);
        return writer.Count == 0 ? 0 : writer.End(_request.Declared.First);
    }

    private bool Declares(ReadOnlySpan<byte> site) => _request.Declared.IsEmpty || _request.Declared.Contains(site);

    /// <summary>Sites near the viewer that may serve him and are declared.</summary>
    private int AddNear(ref SteeringManifestWriter writer, RoutingSnapshot snapshot, int wanted)
    {
        if (_request.Declared.IsEmpty && writer.Count >= WantedDeclared) return 0;
        int added = 0;
        Span<byte> id = stackalloc byte[PathwayList.MaxIdLength];
        foreach (ushort site in snapshot.Candidates.SitesOf(row))
        {
            if (added == wanted) break;
            if (!MayServe(snapshot, site)) continue;
            ReadOnlySpan<byte> name = id[..Encoding.UTF8.GetBytes(snapshot.Fleet.Sites[site]!.Site.Id, id)];
            if (Declares(name) && writer.Add(name)) added++;
        }
        return added;
    }

    /// <summary>
    /// Declared pathways, wherever they are: sites that may serve; then what is none of our sites; and, rather than name none or leave a single one, sites that would not be
    /// named otherwise, such as drained ones. Never those that the law bars.
    /// </summary>
    private void AddDeclared(ref SteeringManifestWriter writer, int declared)
    {
        foreach (ReadOnlySpan<byte> id in _request.Declared)
            if (declared < WantedDeclared && SiteOf(id) is { } site && MayServe(_snapshot!, site) && writer.Add(id)) declared++;
        foreach (ReadOnlySpan<byte> id in _request.Declared)
            if (declared < WantedDeclared && SiteOf(id) is null && writer.Add(id)) declared++;
        foreach (ReadOnlySpan<byte> id in _request.Declared)
            if ((declared == 0 || writer.Count < WantedDeclared) && SiteOf(id) is { } site && IsAllowed(_snapshot!, site) && writer.Add(id)) declared++;
    }

    /// <summary>Where nobody says what is declared: the pathway that the player is on, if it is not one that he knows from us and is to leave.</summary>
    private void AddUsed(ref SteeringManifestWriter writer)
    {
        ReadOnlySpan<byte> used = _request.Used.Last;
        if (used.IsEmpty || IsClone(used)) return;
        if (SiteOf(used) is not { } site || MayServe(_snapshot!, site) || (writer.Count < WantedDeclared && IsAllowed(_snapshot!, site))) writer.Add(used);
    }

    private int? SiteOf(ReadOnlySpan<byte> id) => _snapshot is not null && _snapshot.Fleet.TryFindSite(id, out int site) ? site : null;

    private bool IsClone(ReadOnlySpan<byte> id) => _snapshot is not null && id.LastIndexOf((byte)'.') is >= 0 and int dot && _snapshot.Fleet.TryFindNode(id[..dot], out _);

    private bool MayServe(RoutingSnapshot snapshot, int site) => snapshot.Site(site).Serves(NodeRoles.Edge, _request.Protocol) && IsAllowed(snapshot, site);

    private bool IsAllowed(RoutingSnapshot snapshot, int site) => snapshot.Fences.Allow(cell, site);
}
