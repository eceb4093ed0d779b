using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>A revision with the documents of its state.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Documents">Its documents, by document name: the same names as in <see cref="Revision.Documents"/>.</param>
public sealed record StoredRevision(Revision Revision, ImmutableSortedDictionary<string, Document> Documents);
