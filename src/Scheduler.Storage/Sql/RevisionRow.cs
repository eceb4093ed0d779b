using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>A row of <c>revisions</c>; types and order as the driver gives them.</summary>
internal sealed record RevisionRow(long Number, long AtUs, string Author, string Reason, long Kind, string? RequestKey, string? RequestHash)
{
    /// <summary>The columns, in the order of the constructor.</summary>
    public const string Columns =
        "number AS Number, at_us AS AtUs, author AS Author, reason AS Reason, kind AS Kind, request_key AS RequestKey, request_hash AS RequestHash";

    /// <summary>The row of a draft that was given its number.</summary>
    public static RevisionRow Of(long number, RevisionDraft draft) => new(
        number, Timestamps.ToMicroseconds(draft.At), draft.Author, draft.Reason, (long)draft.Kind, draft.Request?.Key, draft.Request?.BodyHash);

    /// <summary>The revision, with the hashes of its documents.</summary>
    public Revision ToRevision(IEnumerable<KeyValuePair<string, string>> documents) => new(
        Number,
        Timestamps.FromMicroseconds(AtUs),
        Author,
        Reason,
        (RevisionKind)Kind,
        RequestKey is null ? null : new RequestMark(RequestKey, RequestHash!),
        documents.ToImmutableSortedDictionary(StringComparer.Ordinal));
}
