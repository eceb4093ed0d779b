using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>Gathers the overrides of one file, and what is wrong with them.</summary>
internal sealed class OverrideList(CellMap map, IReadOnlySet<string>? sites)
{
    private readonly Dictionary<IpPrefix, (int Line, OverrideTarget Target)> _seen = [];
    private readonly ImmutableArray<PrefixOverride>.Builder _overrides = ImmutableArray.CreateBuilder<PrefixOverride>();
    private readonly List<LineProblem> _problems = [];

    /// <summary>What was gathered.</summary>
    public OverrideFile ToFile() => new(_overrides.ToImmutable(), [.. _problems.OrderBy(p => p.Line)]);

    /// <summary>Notes a problem.</summary>
    public void Refuse(int line, string reason) => _problems.Add(new LineProblem(line, reason));

    /// <summary>Adds a block; the same block may be told again only with the same target.</summary>
    public void Add(int line, ReadOnlySpan<byte> prefixText, OverrideTarget target)
    {
        if (!IpPrefix.TryParse(prefixText, out IpPrefix prefix))
            Refuse(line, $"\"{Quote(prefixText)}\" is not an address or a prefix such as 192.0.2.0/24 or 2001:db8::/32");
        else if (!_seen.TryAdd(prefix, (line, target)))
        {
            if (_seen[prefix].Target != target)
                Refuse(line, FormattableString.Invariant($"{prefix} was given another target in line {_seen[prefix].Line}"));
        }
        else _overrides.Add(new PrefixOverride(prefix, target));
    }

    /// <summary>True when the id is a cell of the map.</summary>
    public bool IsCell(string id) => map.TryFind(id, out _);

    /// <summary>True when the id is a site, or could be one while sites are not known.</summary>
    public bool IsSite(string id) =>
        sites?.Contains(id) ?? (id.Length is >= 1 and <= 32 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    /// <summary>Bytes of the file as they may stand in a reason: short, and without control characters.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        const int longest = 60;
        string shown = System.Text.Encoding.UTF8.GetString(text.Length > longest ? text[..longest] : text);
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c)) + (text.Length > longest ? "…" : "");
    }
}
