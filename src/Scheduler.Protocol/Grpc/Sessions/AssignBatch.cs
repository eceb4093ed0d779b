using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>
/// A <c>scheduler.v1.AssignBatchRequest</c>, over the bytes that came: <c>foreach</c> gives the bytes of each request, to be read by
/// <see cref="AssignRequestReader.TryRead"/>. One bad request spoils no other.
/// </summary>
public readonly ref struct AssignBatch
{
    private const int RequestsField = 1;

    private readonly ReadOnlySpan<byte> _message;

    private AssignBatch(ReadOnlySpan<byte> message, int count)
    {
        _message = message;
        Count = count;
    }

    /// <summary>How many requests there are, at most <see cref="SessionBatchRequest.MaxCount"/>.</summary>
    public int Count { get; }

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message; the batch points into it.</param>
    /// <param name="batch">The batch, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it as a whole.</param>
    /// <returns>True when there is no problem.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out AssignBatch batch, out WireProblems problems)
    {
        var reader = new ProtobufReader(message);
        MessageFields fields = default;
        int count = 0;
        while (reader.Next())
        {
            if (reader.Field == RequestsField && reader.Is(WireType.Bytes)) count++;
            reader.Skip();
        }
        if (count > SessionBatchRequest.MaxCount) fields.Problem("requests", $"has more than {SessionBatchRequest.MaxCount} requests");
        bool isGood = fields.End(in reader);
        problems = fields.Problems;
        batch = isGood ? new AssignBatch(message, count) : default;
        return isGood;
    }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_message);

    /// <summary>Goes through the requests.</summary>
    public ref struct Enumerator
    {
        private ProtobufReader _reader;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> message) => _reader = new ProtobufReader(message);

        /// <summary>The bytes of the request.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        /// <summary>Goes to the next; false at the end.</summary>
        public bool MoveNext()
        {
            while (_reader.Next())
            {
                if (_reader.Field == RequestsField && _reader.Is(WireType.Bytes))
                {
                    _current = _reader.Bytes();
                    return true;
                }
                _reader.Skip();
            }
            return false;
        }
    }
}
