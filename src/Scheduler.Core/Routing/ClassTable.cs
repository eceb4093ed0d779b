using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Routing;

/// <summary>What differs from one class of streams to another.</summary>
/// <param name="Candidates">Its candidates.</param>
/// <param name="Policy">Its weights.</param>
/// <param name="Fences">Which sites may serve it where.</param>
/// <param name="Slot">
/// Where the session table counts the demand of the class apart; 0 for a class with the candidates of all, which is planned as they are. A class keeps its slot
/// while policies change.
/// </param>
public sealed record ClassTable(CandidateTable Candidates, DispatchPolicy Policy, SiteFences Fences, int Slot = 0);
