using System.Text.Json;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Upstreams;
using Scheduler.Protocol.V1.Upstreams;
using Scheduler.State.Control;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary>From where nodes are to pull, as the wire says it.</summary>
internal sealed class UpstreamAnswers(ControlLoop control, SnapshotPublisher publisher, StreamNames names)
{
    private static readonly string[] Outcomes = [.. Enum.GetNames<UpstreamOutcome>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>The name of an outcome on the wire.</summary>
    public static string NameOf(UpstreamOutcome outcome) => Outcomes[(int)outcome];

    /// <summary>Tells a node from where to pull a stream, and follows it; null before there is anything to answer from.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="stream">Name of the stream.</param>
    public UpstreamEntry? Ask(int node, string stream)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(stream);
        ulong hash = StreamName.Hash(name);
        names.Learn(hash, name);
        return control.Upstreams.Desk.Ask(node, hash) is { } answer && publisher.Current is { } snapshot ? EntryOf(snapshot, answer, stream) : null;
    }

    /// <summary>Adds what a node is to be told with the answer to its report: streams that now come from elsewhere, and streams to pull ahead.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="upstream">Takes the former.</param>
    /// <param name="warmUps">Takes the latter.</param>
    public void AddNews(int node, List<UpstreamEntry> upstream, List<WarmUpEntry> warmUps)
    {
        if (publisher.Current is not { } snapshot) return;
        UpstreamDesk desk = control.Upstreams.Desk;
        foreach (ParentAnswer answer in desk.Changes(node))
            if (names.Find(answer.Stream) is { } stream) upstream.Add(EntryOf(snapshot, answer, stream));
        foreach (ulong hash in desk.WarmUpsOf(node))
            if (names.Find(hash) is { } stream && IdOf(snapshot, node) is { } id) warmUps.Add(new WarmUpEntry(id, stream));
    }

    private static UpstreamEntry EntryOf(RoutingSnapshot snapshot, ParentAnswer answer, string stream) => new(
        IdOf(snapshot, answer.Node) ?? "", stream, NameOf(answer.Outcome),
        [
            .. answer.Parents.Where(parent => IdOf(snapshot, parent.Node) is not null).Select(parent =>
            {
                IndexedNode node = snapshot.Fleet.Nodes[parent.Node]!;
                return new UpstreamParentEntry(
                    node.Node.Id, node.Node.Site, node.Node.Host, parent.Relays, Math.Round(parent.RttMs, 1), Math.Round(parent.CostMs, 2));
            }),
        ]);

    private static string? IdOf(RoutingSnapshot snapshot, int node) => node < snapshot.Fleet.Nodes.Length ? snapshot.Fleet.Nodes[node]?.Node.Id : null;
}
