namespace Scheduler.Protocol.Documents;

/// <summary>The words that stand for the values of an enumeration in a document.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class Words<T>(params (string Word, T Value)[] entries) where T : struct, Enum
{
    /// <summary>Every word, for a reason.</summary>
    public string All { get; } = string.Join(", ", entries.Select(entry => entry.Word));

    /// <summary>Every word.</summary>
    public IEnumerable<string> Known => entries.Select(entry => entry.Word);

    /// <summary>The value of a word; null when it is none.</summary>
    public T? Find(string word)
    {
        foreach ((string known, T value) in entries)
            if (known == word) return value;
        return null;
    }

    /// <summary>The word of one value, or the words of several flags, in the order of the list.</summary>
    public IEnumerable<string> Of(T value) => entries.Where(entry => value.HasFlag(entry.Value)).Select(entry => entry.Word);

    /// <summary>The word of exactly this value.</summary>
    public string One(T value) => entries.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Word;
}
