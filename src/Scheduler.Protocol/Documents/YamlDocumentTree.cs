using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Protocol.Documents;

/// <summary>
/// Reads a YAML document into values with places, straight from the parser's events: anchors, aliases, tags and a second document are
/// refused where they stand, so that nothing is ever expanded.
/// </summary>
internal sealed class YamlDocumentTree
{
    private readonly Parser _parser;
    private int _values;

    private YamlDocumentTree(string yaml) => _parser = new Parser(new StringReader(yaml));

    /// <summary>Reads a document.</summary>
    /// <param name="yaml">Text of the document.</param>
    /// <param name="fault">Why there is no value.</param>
    /// <returns>Null when the document cannot be read.</returns>
    public static DocumentValue? Read(string yaml, out DocumentFault? fault)
    {
        fault = null;
        if (yaml.Length > DocumentLimits.Bytes)
        {
            fault = new(DocumentPosition.Start, DocumentLimits.TooLong);
            return null;
        }
        try
        {
            return new YamlDocumentTree(yaml).Document();
        }
        catch (YamlException e)
        {
            fault = e is DocumentRefusal
                ? new(new((int)e.End.Line, (int)e.End.Column), e.Message)
                : new(IndentingTab(yaml, e) ?? new((int)e.End.Line, (int)e.End.Column), $"is not YAML: {Reason(e)}");
            return null;
        }
    }

    private DocumentValue Document()
    {
        Advance();
        Take<StreamStart>();
        if (_parser.Current is StreamEnd) return new DocumentScalar(DocumentPosition.Start, DocumentScalarKind.Null, "");
        Take<DocumentStart>();
        DocumentValue value = Value(1);
        Take<DocumentEnd>();
        return _parser.Current is DocumentStart second ? throw new DocumentRefusal(second.Start, "holds a second document; one is all there may be") : value;
    }

    private DocumentValue Value(int depth)
    {
        NodeEvent node = Node();
        if (depth > DocumentLimits.Depth) throw new DocumentRefusal(node.Start, DocumentLimits.TooDeep);
        if (++_values > DocumentLimits.Values) throw new DocumentRefusal(node.Start, DocumentLimits.TooMany);
        switch (node)
        {
            case Scalar scalar:
                return new DocumentScalar(At(scalar), KindOf(scalar), scalar.Value);
            case SequenceStart:
                var sequence = new DocumentSequence(At(node));
                while (_parser.Current is not SequenceEnd) sequence.Items.Add(Value(depth + 1));
                Take<SequenceEnd>();
                return sequence;
            default:
                var mapping = new DocumentMapping(At(node));
                while (_parser.Current is not MappingEnd)
                {
                    NodeEvent key = Node();
                    if (key is not Scalar name) throw new DocumentRefusal(key.Start, "has a name that is not text");
                    mapping.Members.Add(new(name.Value, At(name), Value(depth + 1)));
                }
                Take<MappingEnd>();
                return mapping;
        }
    }

    /// <summary>Takes the beginning of a value, unless it is of a kind that no document of ours needs.</summary>
    private NodeEvent Node()
    {
        if (_parser.Current is AnchorAlias alias) throw new DocumentRefusal(alias.Start, "has an alias; everything is written out in full");
        NodeEvent node = Take<NodeEvent>();
        if (!node.Anchor.IsEmpty) throw new DocumentRefusal(node.Start, "has an anchor; everything is written out in full");
        if (!node.Tag.IsEmpty) throw new DocumentRefusal(node.Start, "has a tag; the field alone decides what a value is");
        return node;
    }

    /// <summary>Takes the event that the parser stands at. The parser's grammar gives no other kind here than the one that is asked for.</summary>
    private T Take<T>() where T : ParsingEvent
    {
        if (_parser.Current is not T taken)
            throw new DocumentRefusal(_parser.Current?.Start ?? Mark.Empty, $"is not YAML: {typeof(T).Name} was expected");
        Advance();
        return taken;
    }

    /// <summary>Moves to the next event. The scanner has faults of its own on broken text: they too are faults of the document.</summary>
    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or ArithmeticException or FormatException
            or IndexOutOfRangeException)
        {
            throw new DocumentRefusal(_parser.Current?.End ?? Mark.Empty, "is not YAML: nothing that may follow here does");
        }
    }

    private static DocumentScalarKind KindOf(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain) return DocumentScalarKind.Text;
        return scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? DocumentScalarKind.Null : DocumentScalarKind.Plain;
    }

    private static DocumentPosition At(ParsingEvent e) => new((int)e.Start.Line, (int)e.Start.Column);

    /// <summary>
    /// Where a tab indents, when that is the fault: the scanner names the beginning of the mapping that the tab spoils, which in a long
    /// document is anywhere, and a tab is the fault that people make most.
    /// </summary>
    private static DocumentPosition? IndentingTab(string yaml, YamlException e)
    {
        if (!e.Message.Contains("tab", StringComparison.Ordinal)) return null;
        int number = 0;
        foreach (ReadOnlySpan<char> line in yaml.AsSpan().EnumerateLines())
        {
            int blanks = line.IndexOfAnyExcept(' ');
            if (++number >= e.Start.Line && blanks >= 0 && line[blanks] == '\t') return new(number, blanks + 1);
        }
        return null;
    }

    /// <summary>The parser's own words, without a full stop, and where the thing began that it could not finish.</summary>
    private static string Reason(YamlException e)
    {
        string words = e.Message.Split('\n', 2)[0].TrimEnd('.', '\r');
        return e.Start.Line == e.End.Line ? words : string.Create(CultureInfo.InvariantCulture, $"{words} (it began in line {e.Start.Line})");
    }

    /// <summary>A document that is YAML and is refused nevertheless; travels like the parser's own faults.</summary>
    private sealed class DocumentRefusal(in Mark mark, string reason) : YamlException(mark, mark, reason);
}
