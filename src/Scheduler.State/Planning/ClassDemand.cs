using System.Collections.Immutable;

namespace Scheduler.State.Planning;

/// <summary>The part of demand that is of a class of streams with candidates of its own.</summary>
/// <param name="Class">Id of the class: replicas number classes each for itself.</param>
/// <param name="Cells">Its demand in each cell that has any, by rising number.</param>
public sealed record ClassDemand(string Class, ImmutableArray<NumberedKbps> Cells);
