using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Scheduler.Protocol.Documents;

/// <summary>Reads a JSON document (RFC 8259) into values with places.</summary>
internal ref struct JsonDocumentTree
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly NamePool _texts = new();
    private Utf8JsonReader _reader;
    private int _values;
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    private JsonDocumentTree(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentLimits.Depth });
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="fault">Why there is no value.</param>
    /// <returns>Null when the document cannot be read.</returns>
    public static DocumentValue? Read(ReadOnlySpan<byte> json, out DocumentFault? fault)
    {
        fault = null;
        if (json.Length > DocumentLimits.Bytes) fault = new(DocumentPosition.Start, DocumentLimits.TooLong);
        else if (!Utf8.IsValid(json)) fault = new(DocumentPosition.Start, "is not UTF-8");
        if (fault is not null) return null;

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var tree = new JsonDocumentTree(json.StartsWith(mark) ? json[mark.Length..] : json);
        try
        {
            tree._reader.Read();
            DocumentValue value = tree.Value();
            tree._reader.Read(); // throws when anything but blanks follows
            return value;
        }
        catch (JsonException e)
        {
            fault = new(new((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), Reason(e));
        }
        catch (InvalidOperationException) // a string with an escaped half of a surrogate pair
        {
            fault = new(tree.Here(), "has an escape that is no character");
        }
        return null;
    }

    private DocumentValue Value()
    {
        DocumentPosition here = Here();
        if (++_values > DocumentLimits.Values) throw new JsonException(DocumentLimits.TooMany, null, here.Line - 1, here.Column - 1);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var mapping = new DocumentMapping(here);
                while (Next() != JsonTokenType.EndObject)
                {
                    DocumentPosition position = Here();
                    string name = _texts.Get(in _reader);
                    Next();
                    mapping.Members.Add(new(name, position, Value()));
                }
                return mapping;
            case JsonTokenType.StartArray:
                var sequence = new DocumentSequence(here);
                while (Next() != JsonTokenType.EndArray) sequence.Items.Add(Value());
                return sequence;
            case JsonTokenType.String:
                return new DocumentScalar(here, DocumentScalarKind.Text, _texts.Get(in _reader));
            case JsonTokenType.Number:
                return new DocumentScalar(here, DocumentScalarKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return new DocumentScalar(here, DocumentScalarKind.Boolean, _reader.TokenType == JsonTokenType.True ? "true" : "false");
            default:
                return new DocumentScalar(here, DocumentScalarKind.Null, "null");
        }
    }

    private JsonTokenType Next()
    {
        _reader.Read();
        return _reader.TokenType;
    }

    /// <summary>The place of the present token. Counts each line once: tokens only go forward.</summary>
    private DocumentPosition Here()
    {
        int start = (int)_reader.TokenStartIndex;
        ReadOnlySpan<byte> gap = _json[_counted..start];
        for (int next; (next = gap.IndexOf((byte)'\n')) >= 0; gap = gap[(next + 1)..])
        {
            _counted += next + 1;
            _lineStart = _counted;
            _line++;
        }
        _counted = start;
        return new(_line, start - _lineStart + 1);
    }

    private static string Reason(JsonException e)
    {
        if (e.Message == DocumentLimits.TooMany) return e.Message;
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return DocumentLimits.TooDeep;
        int end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"is not JSON: {(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.')}";
    }
}
