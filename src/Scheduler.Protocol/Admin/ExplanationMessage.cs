namespace Scheduler.Protocol.Admin;

/// <summary>Why a viewer is sent where he is sent: what dispatch would answer at this moment, with everything it looked at.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Kind"><c>play</c> or <c>publish</c>.</param>
/// <param name="Protocol">The protocol that was asked for; absent for any.</param>
/// <param name="Viewer">Where the viewer was found to be.</param>
/// <param name="Decision">
/// <c>placed</c>, <c>sticky</c>, <c>spilled</c>, <c>panic</c>, <c>frozen</c>; <c>no_room</c> and <c>no_eligible_site</c> when nothing can serve.
/// </param>
/// <param name="Rule">
/// How the first candidate was found: <c>least_score</c>, <c>near_equals</c>, <c>exploration</c>, <c>whole_world</c>, <c>last_resort</c>, <c>spill</c>,
/// <c>none</c>.
/// </param>
/// <param name="SessionBps">What the session would weigh.</param>
/// <param name="Sites">The sites that were looked at: those that were named by rank, then by rising score.</param>
/// <param name="Nodes">The nodes of the first candidate's site, in the order in which the hash of the stream asks them; empty when nothing can serve.</param>
/// <param name="NodeBound">Utilisation up to which the nodes of that site take streams by hash; absent when nothing can serve.</param>
/// <param name="NodesSharingStream">Nodes of that site that share the stream: 1 but for a hot one; absent when nothing can serve.</param>
/// <param name="Revision">Revision of the configuration that was obeyed.</param>
/// <param name="Snapshot">Number of the snapshot that was obeyed; counts from the start of the process.</param>
/// <param name="Plan">The plan whose prices are floors; absent before the first.</param>
/// <param name="Frozen">True while last states are served from because most sites fell silent at once.</param>
public sealed record ExplanationMessage(
    string Stream,
    string Kind,
    string? Protocol,
    ExplainedViewerMessage Viewer,
    string Decision,
    string Rule,
    long SessionBps,
    IReadOnlyList<ExplainedSiteMessage> Sites,
    IReadOnlyList<ExplainedNodeMessage> Nodes,
    double? NodeBound,
    int? NodesSharingStream,
    long Revision,
    long Snapshot,
    ExplainedPlanMessage? Plan,
    bool Frozen);
