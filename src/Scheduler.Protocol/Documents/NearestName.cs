namespace Scheduler.Protocol.Documents;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The known name that is fewest edits away, when that is near enough to be meant: a third of its length, and at most three.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <returns>Null when nothing is near; the first of several that are equally near.</returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        if (name.Length > LongestName) return null;
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in known)
        {
            if (candidate.Length > LongestName) continue;
            int edits = Edits(name, candidate);
            if (edits > Math.Min(3, Math.Max(1, candidate.Length / 3)) || edits >= fewest) continue;
            (nearest, fewest) = (candidate, edits);
        }
        return nearest;
    }

    /// <summary>The end of a reason that names the nearest name, such as <c>; is "lon1" meant?</c>; empty when nothing is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What could have been.</param>
    public static string Hint(string name, IEnumerable<string> known) => Of(name, known) is { } nearest ? $"; is \"{nearest}\" meant?" : "";

    /// <summary>Letters that are put in, left out or exchanged until one is the other, case aside (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        Span<int> row = stackalloc int[LongestName + 1];
        for (int j = 0; j <= to.Length; j++) row[j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int exchanged = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
