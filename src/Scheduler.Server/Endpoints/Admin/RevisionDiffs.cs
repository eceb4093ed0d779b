using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Documents;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What is different between two states of the configuration.</summary>
internal static class RevisionDiffs
{
    /// <summary>Every difference, document by document; documents of equal hashes are not looked into.</summary>
    /// <param name="before">The documents of the earlier state, by name; empty where there was none.</param>
    /// <param name="after">The documents of the later state, by name.</param>
    public static ImmutableArray<ChangeMessage> Between(
        ImmutableSortedDictionary<string, Document> before, ImmutableSortedDictionary<string, Document> after)
    {
        var changes = ImmutableArray.CreateBuilder<ChangeMessage>();
        foreach (string name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Document? old = before.GetValueOrDefault(name), now = after.GetValueOrDefault(name);
            if (old?.Hash == now?.Hash) continue;
            foreach (DocumentChange change in DocumentDiff.Between(name, ContentOf(old, now), ContentOf(now, old))) changes.Add(Message(change));
        }
        return changes.ToImmutable();
    }

    /// <summary>The differences as lines: <c>+</c> for what was added, <c>-</c> for what was removed, <c>~</c> for what has another value.</summary>
    public static string Text(RevisionDiffMessage diff)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"revision {diff.Revision} ({diff.Kind}) by {diff.Author} at {diff.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}: {diff.Reason}\n");
        foreach (ChangeMessage change in diff.Changes)
        {
            text.Append(change switch
            {
                { Before: null, After: { } added } => $"+ {change.Path}: {Json(added)}\n",
                { Before: { } removed, After: null } => $"- {change.Path}: {Json(removed)}\n",
                _ => $"~ {change.Path}: {Json(change.Before!.Value)} → {Json(change.After!.Value)}\n",
            });
        }
        return text.ToString();
    }

    private static string Json(JsonElement value) => JsonSerializer.Serialize(value, AdminJson.Wire.JsonElement);

    // A list that did not exist is told entry by entry, as if it had been empty.
    private static ReadOnlyMemory<byte> ContentOf(Document? document, Document? other) =>
        document?.Content ?? (other!.Content.Span.TrimStart(" \r\n\t"u8) is [(byte)'[', ..] ? "[]"u8.ToArray() : "{}"u8.ToArray());

    private static ChangeMessage Message(DocumentChange change) => new(
        change.Path,
        change switch { { Before: null } => "added", { After: null } => "removed", _ => "changed" },
        change.Before,
        change.After);
}
