using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Archives;

/// <summary>A revision with the hashes of its documents.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Documents">Hash of each document, by name; each stands in an earlier line.</param>
internal sealed record ArchivedRevision(RevisionRow Row, SortedDictionary<string, string> Documents);
