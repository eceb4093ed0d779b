namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/explain</c>.</summary>
internal sealed record ExplanationRow(
    string? Stream, string? Kind, string? Protocol, ExplainedViewerRow? Viewer, string? Decision, string? Rule, double? SessionBps,
    IReadOnlyList<ExplainedSiteRow>? Sites, IReadOnlyList<ExplainedNodeRow>? Nodes, double? NodeBound, int? NodesSharingStream, long? Revision,
    ExplainedPlanRow? Plan);
