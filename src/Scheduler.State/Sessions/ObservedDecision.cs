using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.State.Sessions;

/// <summary>A decision on a session with its reasons, for whoever keeps some of them.</summary>
/// <param name="Session">Identity of the session.</param>
/// <param name="Cause">Why it was decided.</param>
/// <param name="Snapshot">What it was decided on, as the stream's class sees it.</param>
/// <param name="Trace">The reasons, taken at the moment before: another request may have taken the room in between, and then the decision differs.</param>
/// <param name="Decision">The decision.</param>
/// <param name="From">Index of the node that it was on; null where it was on none.</param>
/// <param name="Stream">Hash of the stream's name.</param>
/// <param name="Name">The name itself; null where only the hash is known.</param>
/// <param name="Cell">Dense index of the viewer's cell.</param>
/// <param name="Row">Row of the candidate table; another than the cell's where an operator's override sends the viewer elsewhere.</param>
/// <param name="Kind">Plays or publishes.</param>
/// <param name="Protocols">Protocols of which one will do; none means any.</param>
public sealed record ObservedDecision(
    ulong Session, DecisionCause Cause, RoutingSnapshot Snapshot, DecisionTrace Trace, Decision Decision, int? From, ulong Stream, string? Name, int Cell, int Row,
    SessionKind Kind, StreamProtocols Protocols);
