using System.Collections.Immutable;
using Scheduler.Core.Policies;

namespace Scheduler.Core.Routing;

/// <summary>A policy, compiled: the classes of streams and what each is decided by.</summary>
/// <param name="Classifier">Tells the class of a stream.</param>
/// <param name="Tables">One a class, by its number.</param>
public sealed record ClassTables(StreamClassifier Classifier, ImmutableArray<ClassTable> Tables);
