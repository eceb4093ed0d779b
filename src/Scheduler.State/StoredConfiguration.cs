using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>A configuration as it can be kept beside the store, to serve from while the store cannot be reached.</summary>
/// <param name="Revision">Number of the revision; at least 1.</param>
/// <param name="Documents">Its documents, by document name.</param>
/// <param name="ConfirmedAt">When the store last said that it is the newest.</param>
public sealed record StoredConfiguration(long Revision, ImmutableSortedDictionary<string, Document> Documents, DateTimeOffset ConfirmedAt);
