using System.Globalization;

namespace Scheduler.Protocol.Documents;

/// <summary>
/// The path of a value in a document. A chain, so that a path costs one small object for each mapping and text only when there is a problem.
/// </summary>
internal sealed class FieldPath
{
    private const int ShownLength = 64;

    private readonly FieldPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private FieldPath(FieldPath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    /// <summary>The document itself.</summary>
    public static FieldPath Root { get; } = new(null, null, 0);

    /// <summary>The path of a member.</summary>
    public FieldPath Member(string name) => new(this, name, 0);

    /// <summary>The path of an item.</summary>
    public FieldPath Item(int index) => new(this, null, index);

    /// <summary>The path as text, such as <c>sites[3].upstreams[0]</c>; empty for the document itself.</summary>
    public override string ToString()
    {
        if (_parent is null) return "";
        if (_name is null) return string.Create(CultureInfo.InvariantCulture, $"{_parent}[{_index}]");
        return _parent._parent is null ? Shown(_name) : $"{_parent}.{Shown(_name)}";
    }

    /// <summary>A name fit for a terminal and a log: a document may hold one of any length and content.</summary>
    private static string Shown(string name)
    {
        if (name.Length <= ShownLength && !name.Any(char.IsControl)) return name;
        string shown = name.Length > ShownLength ? name[..ShownLength] + "…" : name;
        return string.Create(shown.Length, shown, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = char.IsControl(text[i]) ? '?' : text[i];
        });
    }
}
