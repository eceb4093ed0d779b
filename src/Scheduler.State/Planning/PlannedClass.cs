using Scheduler.Core.Routing;

namespace Scheduler.State.Planning;

/// <summary>What a plan has to know of a class of streams.</summary>
/// <param name="Id">Its id; that of the class of all other streams is <see cref="Scheduler.Core.Policies.StreamClassifier.Default"/>.</param>
/// <param name="Cost">The cost that load does not change, by its weights.</param>
/// <param name="Fences">Which sites may serve it where.</param>
public sealed record PlannedClass(string Id, SiteCost Cost, SiteFences Fences);
