using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Protocol.Fleets;

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
            fault = new(new((int)e.Start.Line, (int)e.Start.Column), e is DocumentRefusal ? e.Message : $"is not YAML: {Reason(e)}");
            return null;
        }
    }

    private DocumentValue Document()
    {
        _parser.MoveNext();
        Take<StreamStart>();
        if (_parser.Current is StreamEnd) return new DocumentScalar(DocumentPosition.Start, DocumentScalarKind.Null, "");
        Take<DocumentStart>();
        DocumentValue value = Value(1);
        Take<DocumentEnd>();
        return _parser.Current is DocumentStart second ? throw new DocumentRefusal(second.Start, "holds a second document; a fleet is one") : value;
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

    /// <summary>Takes the beginning of a value, unless it is of a kind that no fleet needs.</summary>
    private NodeEvent Node()
    {
        if (_parser.Current is AnchorAlias alias) throw new DocumentRefusal(alias.Start, "has an alias; a fleet is written out in full");
        NodeEvent node = Take<NodeEvent>();
        if (!node.Anchor.IsEmpty) throw new DocumentRefusal(node.Start, "has an anchor; a fleet is written out in full");
        if (!node.Tag.IsEmpty) throw new DocumentRefusal(node.Start, "has a tag; the field alone decides what a value is");
        return node;
    }

    /// <summary>Takes the event that the parser stands at. The parser's grammar gives no other kind here than the one that is asked for.</summary>
    private T Take<T>() where T : ParsingEvent
    {
        if (_parser.Current is not T taken)
            throw new DocumentRefusal(_parser.Current?.Start ?? Mark.Empty, $"is not YAML: {typeof(T).Name} was expected");
        _parser.MoveNext();
        return taken;
    }

    private static DocumentScalarKind KindOf(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain) return DocumentScalarKind.Text;
        return scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? DocumentScalarKind.Null : DocumentScalarKind.Plain;
    }

    private static DocumentPosition At(ParsingEvent e) => new((int)e.Start.Line, (int)e.Start.Column);

    /// <summary>The first line of the parser's own words, without a full stop.</summary>
    private static string Reason(YamlException e) => e.Message.Split('\n', 2)[0].TrimEnd('.', '\r');

    /// <summary>A document that is YAML and is refused nevertheless; travels like the parser's own faults.</summary>
    private sealed class DocumentRefusal(in Mark mark, string reason) : YamlException(mark, mark, reason);
}
