namespace Scheduler.Core.Topology;

/// <summary>Finds the second use of a text that must be used once.</summary>
/// <param name="what">What the text is, for the reason: "id", "host".</param>
/// <param name="comparer">When two texts are the same.</param>
/// <param name="count">How many texts there are.</param>
internal sealed class UniqueText(string what, StringComparer comparer, int count)
{
    private readonly Dictionary<string, int> _first = new(count, comparer);

    /// <summary>Notes a use; the position of the first use when this is not it, else null.</summary>
    public int? Clash(string text, int position) => _first.TryAdd(text, position) ? null : _first[text];

    /// <summary>The reason for a clash.</summary>
    public string Reason(string text, string firstPath) => $"is the same {what} as that of {firstPath}: {FleetText.Quote(text)}";
}
