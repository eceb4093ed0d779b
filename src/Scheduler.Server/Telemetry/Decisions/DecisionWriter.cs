using System.Text.Json;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Live;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>Puts decisions into lines of the log: cells and names, never an address, a key or a token.</summary>
internal sealed class DecisionWriter(ExplanationWriter explanations, SiteRules rules)
{
    /// <summary>How the log names a session; the same name as in the answer to its player.</summary>
    public static string NameOf(ulong session) => session.ToString("x16", null);

    /// <summary>The line of a decision, its end included.</summary>
    public byte[] Line(DateTimeOffset at, ObservedDecision decision)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(MessageOf(at, decision), AdminJson.Wire.LoggedDecisionMessage);
        return [.. json, (byte)'\n'];
    }

    private LoggedDecisionMessage MessageOf(DateTimeOffset at, ObservedDecision decision)
    {
        var snapshot = decision.Snapshot;
        bool overridden = decision.Row != decision.Cell;
        var viewer = new ExplainedViewerMessage(
            snapshot.Candidates.Cells[decision.Cell].Id, null, overridden ? "override" : decision.Cell == snapshot.DefaultCell ? "default" : "map", null);
        string stream = decision.Name ?? $"#{NameOf(decision.Stream)}"; // a token knows its stream by the hash alone
        ExplanationMessage explanation = explanations.Write(
            snapshot, decision.Trace, viewer, stream, decision.Kind == SessionKind.Publish ? "publish" : "play",
            decision.Protocols == StreamProtocols.None ? null : decision.Protocols.ToString().ToLowerInvariant());
        string[] candidates = new string[decision.Decision.Count];
        for (int i = 0; i < candidates.Length; i++) candidates[i] = NodeName(decision.Decision[i].Node)!;
        return new LoggedDecisionMessage(
            NameOf(decision.Session), at, MetricLabel.Of("", decision.Cause).Value, MetricLabel.Of("", decision.Decision.Outcome).Value, NodeName(decision.From), candidates,
            rules.Replica, explanation);

        string? NodeName(int? index) => index is { } node ? snapshot.Fleet.Nodes[node]?.Node.Id : null;
    }
}
