using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Routing;

/// <summary>What differs from one class of streams to another.</summary>
/// <param name="Candidates">Its candidates.</param>
/// <param name="Policy">Its weights.</param>
/// <param name="Fences">Which sites may serve it where.</param>
public sealed record ClassTable(CandidateTable Candidates, DispatchPolicy Policy, SiteFences Fences);
