using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// The body of <c>POST /v1/sessions:batch</c>, over the bytes that came: <c>foreach</c> gives the text of each request, to be read by
/// <see cref="SessionRequest.TryParse"/>. The whole is valid JSON; one bad request spoils no other.
/// </summary>
public readonly ref struct SessionBatchRequest
{
    /// <summary>Most requests in a batch.</summary>
    public const int MaxCount = 1000;

    private readonly ReadOnlySpan<byte> _array;

    private SessionBatchRequest(ReadOnlySpan<byte> array, int count)
    {
        _array = array;
        Count = count;
    }

    /// <summary>How many requests there are, at most <see cref="MaxCount"/>.</summary>
    public int Count { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="utf8">The body; the batch points into it.</param>
    /// <param name="batch">The batch, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it as a whole.</param>
    /// <returns>True when there is no problem.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out SessionBatchRequest batch, out WireProblems problems)
    {
        WireReader reader = new(utf8);
        batch = reader.EnterMessage() ? ReadMembers(ref reader) : default;
        bool ok = reader.End();
        problems = reader.Problems;
        return ok;
    }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_array);

    private static SessionBatchRequest ReadMembers(scoped ref WireReader reader)
    {
        const uint RequestsBit = 1;
        SeenMembers seen = default;
        ReadOnlySpan<byte> requests = default;
        int count = 0;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            if (!name.SequenceEqual("requests"u8)) reader.Json.Skip();
            else if (reader.Take(ref seen, RequestsBit, "requests")) count = ReadRequests(ref reader, out requests);
        }
        reader.Require(seen, RequestsBit, "requests");
        if (count > MaxCount) reader.Problem("requests", $"has more than {MaxCount} requests");
        return new SessionBatchRequest(requests, count);
    }

    private static int ReadRequests(scoped ref WireReader reader, out ReadOnlySpan<byte> requests)
    {
        requests = default;
        WireReader whole = reader;
        if (!reader.Enter(JsonKind.Array, "requests")) return 0;
        int count = 0;
        while (reader.Json.NextElement() && reader.Json.Skip()) count++;
        whole.Json.Slice(out requests);
        return count;
    }

    /// <summary>Goes through the requests.</summary>
    public ref struct Enumerator
    {
        private JsonCursor _json;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> array)
        {
            _json = new JsonCursor(array);
            if (!array.IsEmpty) _json.Enter();
        }

        /// <summary>Text of the request, a JSON value.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        /// <summary>Goes to the next; false at the end.</summary>
        public bool MoveNext() => _json.NextElement() && _json.Slice(out _current);
    }
}
