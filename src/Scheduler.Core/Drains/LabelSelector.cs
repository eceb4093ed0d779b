using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Drains;

/// <summary>
/// Chooses nodes by label: <c>key=value[,key=value…]</c>, all of which must match. A node's own label hides its site's of the same key.
/// </summary>
public sealed class LabelSelector
{
    /// <summary>Most requirements in one selector.</summary>
    public const int MaxRequirements = 16;

    private readonly ImmutableArray<KeyValuePair<string, string>> _requirements;

    private LabelSelector(ImmutableArray<KeyValuePair<string, string>> requirements) => _requirements = requirements;

    /// <summary>Reads a selector. Spaces around a requirement are ignored.</summary>
    /// <param name="text">Text of the selector.</param>
    /// <param name="selector">The selector, when the text is one.</param>
    /// <param name="fault">What is wrong with the text, one sentence without a full stop, when it is not.</param>
    /// <returns>True when the text is a selector.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelector? selector, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        ImmutableArray<KeyValuePair<string, string>>.Builder requirements = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        selector = null;
        fault = null;
        foreach (Range range in text.AsSpan().Split(','))
        {
            ReadOnlySpan<char> term = text.AsSpan(range).Trim();
            int equals = term.IndexOf('=');
            if (equals < 0) fault = "must be key=value, or several of them with commas between";
            else if (!Labels.IsKey(term[..equals])) fault = $"has a key that no label can have: {FleetText.Quote(term[..equals].ToString())}";
            else if (!Labels.IsValue(term[(equals + 1)..]))
                fault = $"has a value that no label can have: {FleetText.Quote(term[(equals + 1)..].ToString())}";
            else if (requirements.Count == MaxRequirements) fault = $"has over {MaxRequirements} requirements";
            if (fault is not null) return false;

            string key = term[..equals].ToString();
            foreach (KeyValuePair<string, string> earlier in requirements)
                if (earlier.Key == key) fault = $"requires {FleetText.Quote(key)} twice";
            if (fault is not null) return false;
            requirements.Add(new(key, term[(equals + 1)..].ToString()));
        }
        selector = new LabelSelector(requirements.ToImmutable());
        return true;
    }

    /// <summary>True when every requirement is met by the node's labels over its site's.</summary>
    /// <param name="node">The node.</param>
    /// <param name="site">Its site.</param>
    public bool Matches(Node node, Site site)
    {
        foreach ((string key, string required) in _requirements)
        {
            if (!node.Labels.TryGetValue(key, out string? value) && !site.Labels.TryGetValue(key, out value)) return false;
            if (value != required) return false;
        }
        return true;
    }

    /// <summary>True when every requirement is met by a site's own labels.</summary>
    /// <param name="site">The site.</param>
    public bool Matches(Site site)
    {
        foreach ((string key, string required) in _requirements)
            if (!site.Labels.TryGetValue(key, out string? value) || value != required) return false;
        return true;
    }

    /// <summary>The selector as text, in the order it was given.</summary>
    public override string ToString() => string.Join(',', _requirements.Select(requirement => $"{requirement.Key}={requirement.Value}"));
}
