using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Scheduler.Protocol.Documents;

/// <summary>
/// What is different between two JSON documents, member by member. Entries of a list are told apart by what names them (<c>id</c>, <c>node</c>, or
/// <c>pop</c> with <c>idc</c>), not by their place: one that moved within its list has not changed. A list of anything else is compared as a whole.
/// </summary>
public static class DocumentDiff
{
    private static readonly string[][] Names = [["id"], ["node"], ["pop", "idc"]];

    /// <summary>The changes that lead from one document to the other, in the order of their paths in the later one, removals last within their list.</summary>
    /// <param name="root">What every path begins with.</param>
    /// <param name="before">The earlier document; empty where there was none.</param>
    /// <param name="after">The later document; empty where there is none.</param>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static ImmutableArray<DocumentChange> Between(string root, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var changes = ImmutableArray.CreateBuilder<DocumentChange>();
        Compare(root, Parse(before), Parse(after), changes);
        return changes.ToImmutable();
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> document)
    {
        if (document.IsEmpty) return null;
        // Not a JsonDocument: its values would die with its rented memory, and those that changed leave this class.
        var reader = new Utf8JsonReader(document.Span);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Compare(string path, JsonElement? before, JsonElement? after, ImmutableArray<DocumentChange>.Builder changes)
    {
        if (before is { } old && after is { } now)
        {
            if (old.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
            {
                CompareMembers(path, old, now, changes);
                return;
            }
            if (TryName(old, out Dictionary<string, JsonElement>? oldEntries) && TryName(now, out Dictionary<string, JsonElement>? newEntries))
            {
                CompareEntries(path, oldEntries, newEntries, changes);
                return;
            }
            if (JsonElement.DeepEquals(old, now)) return;
        }
        if (before is not null || after is not null) changes.Add(new DocumentChange(path, before, after));
    }

    private static void CompareMembers(string path, JsonElement before, JsonElement after, ImmutableArray<DocumentChange>.Builder changes)
    {
        foreach (JsonProperty member in after.EnumerateObject())
            Compare($"{path}.{member.Name}", before.TryGetProperty(member.Name, out JsonElement old) ? old : null, member.Value, changes);
        foreach (JsonProperty member in before.EnumerateObject())
            if (!after.TryGetProperty(member.Name, out _)) changes.Add(new DocumentChange($"{path}.{member.Name}", member.Value, null));
    }

    private static void CompareEntries(
        string path, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after, ImmutableArray<DocumentChange>.Builder changes)
    {
        foreach ((string name, JsonElement entry) in after)
            Compare($"{path}[{name}]", before.TryGetValue(name, out JsonElement old) ? old : null, entry, changes);
        foreach ((string name, JsonElement entry) in before)
            if (!after.ContainsKey(name)) changes.Add(new DocumentChange($"{path}[{name}]", entry, null));
    }

    /// <summary>The entries of a list by name, in their order; false when they have none, or two share one. An empty list has no entry that lacks a name.</summary>
    private static bool TryName(JsonElement list, out Dictionary<string, JsonElement> entries)
    {
        entries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (list.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement entry in list.EnumerateArray())
            if (NameOf(entry) is not { } name || !entries.TryAdd(name, entry)) return false;
        return true;
    }

    private static string? NameOf(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object) return null;
        foreach (string[] members in Names)
        {
            string[] parts = [.. members.Select(member => TextOf(entry, member)).OfType<string>()];
            if (parts.Length == members.Length) return string.Join(' ', parts);
        }
        return null;
    }

    private static string? TextOf(JsonElement entry, string member) => !entry.TryGetProperty(member, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
