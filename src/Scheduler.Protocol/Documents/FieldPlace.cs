using System.Globalization;

namespace Scheduler.Protocol.Documents;

/// <summary>Finds the place of a field by its path.</summary>
internal static class FieldPlace
{
    /// <summary>The place of a field, or of the innermost thing on the way to it that the document has.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">Path such as <c>sites[3].labels.tier</c>.</param>
    public static DocumentPosition Find(DocumentValue document, ReadOnlySpan<char> path)
    {
        DocumentValue at = document;
        while (!path.IsEmpty)
        {
            DocumentValue? next;
            if (path[0] == '[')
            {
                int close = path.IndexOf(']');
                next = Item(at, int.Parse(path[1..close], CultureInfo.InvariantCulture));
                path = path[(close + 1)..];
            }
            else
            {
                if (path[0] == '.') path = path[1..];
                int end = path.IndexOfAny('.', '[');
                // The key of a label may hold dots: the whole rest is tried first.
                next = Member(at, path);
                if (next is not null || end < 0)
                {
                    path = default;
                }
                else
                {
                    next = Member(at, path[..end]);
                    path = path[end..];
                }
            }
            if (next is null) break;
            at = next;
        }
        return at.Position;
    }

    private static DocumentValue? Item(DocumentValue value, int index) =>
        value is DocumentSequence sequence && index < sequence.Items.Count ? sequence.Items[index] : null;

    private static DocumentValue? Member(DocumentValue value, ReadOnlySpan<char> name)
    {
        if (value is not DocumentMapping mapping) return null;
        foreach (DocumentMember member in mapping.Members)
            if (name.SequenceEqual(member.Name)) return member.Value;
        return null;
    }
}
