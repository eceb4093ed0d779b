using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// Ids of the nodes that a player will not have, read from the request's own text: <c>foreach</c> gives each as bytes of ASCII.
/// </summary>
public readonly ref struct ExcludedNodes
{
    /// <summary>Most nodes that a request may exclude.</summary>
    public const int MaxCount = 16;

    private readonly ReadOnlySpan<byte> _text;
    private readonly int? _field;

    /// <param name="array">The JSON array, found to be valid before.</param>
    /// <param name="count">How many elements it has.</param>
    internal ExcludedNodes(ReadOnlySpan<byte> array, int count)
    {
        _text = array;
        Count = count;
    }

    /// <param name="message">The message of protobuf, found to be valid before.</param>
    /// <param name="field">Number of the field with the ids.</param>
    /// <param name="count">How many there are.</param>
    internal ExcludedNodes(ReadOnlySpan<byte> message, int field, int count)
    {
        _text = message;
        _field = field;
        Count = count;
    }

    /// <summary>How many there are, at most <see cref="MaxCount"/>.</summary>
    public int Count { get; }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_text, _field);

    /// <summary>Goes through the ids.</summary>
    public ref struct Enumerator
    {
        private readonly int? _field;
        private JsonCursor _json;
        private ProtobufReader _message;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> text, int? field)
        {
            _field = field;
            if (field is null)
            {
                _json = new JsonCursor(text);
                if (!text.IsEmpty) _json.Enter();
            }
            else
            {
                _message = new ProtobufReader(text);
            }
        }

        /// <summary>The id.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        /// <summary>Goes to the next; false at the end.</summary>
        public bool MoveNext()
        {
            if (_field is not { } field) return _json.NextElement() && _json.Peek() == JsonKind.String && _json.ReadString(out _current);
            while (_message.Next())
            {
                if (_message.Field == field && _message.Is(WireType.Bytes))
                {
                    _current = _message.Bytes();
                    return true;
                }
                _message.Skip();
            }
            return false;
        }
    }
}
