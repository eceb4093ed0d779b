using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// Ids of the nodes that a player will not have, read from the request's own text: <c>foreach</c> gives each as bytes of ASCII.
/// </summary>
public readonly ref struct ExcludedNodes
{
    /// <summary>Most nodes that a request may exclude.</summary>
    public const int MaxCount = 16;

    private readonly ReadOnlySpan<byte> _array;

    /// <param name="array">The JSON array, found to be valid before.</param>
    /// <param name="count">How many elements it has.</param>
    internal ExcludedNodes(ReadOnlySpan<byte> array, int count)
    {
        _array = array;
        Count = count;
    }

    /// <summary>How many there are, at most <see cref="MaxCount"/>.</summary>
    public int Count { get; }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_array);

    /// <summary>Goes through the ids.</summary>
    public ref struct Enumerator
    {
        private JsonCursor _json;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> array)
        {
            _json = new JsonCursor(array);
            if (!array.IsEmpty) _json.Enter();
        }

        /// <summary>The id.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        /// <summary>Goes to the next; false at the end.</summary>
        public bool MoveNext() => _json.NextElement() && _json.Peek() == JsonKind.String && _json.ReadString(out _current);
    }
}
