using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Writes <c>scheduler.v1.HeartbeatResponse</c>.</summary>
public static class HeartbeatResponseWriter
{
    private const int Stay = 1, Move = 2; // HeartbeatAction
    private const int MaxOwnLength = 4 * ProtobufOutput.MaxHead;

    /// <summary>Most bytes that an answer takes.</summary>
    public static int MaxLength(in HeartbeatAnswer answer, ReadOnlySpan<CandidateAnswer> candidates) =>
        MaxOwnLength + SessionToken.MaxLength + CandidateMessages.MaxLength(candidates, answer.Stream.Length);

    /// <summary>Writes an answer.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="answer">The answer; of a session that moves, its claims name the new node.</param>
    /// <param name="candidates">Where to go, best first; none for a session that stays.</param>
    /// <param name="ticketsExpireAtUnixS">First second at which the tickets no longer open anything, Unix s.</param>
    /// <param name="keys">The keys of token and tickets.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, in HeartbeatAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, uint ticketsExpireAtUnixS, TokenKeyRing keys)
    {
        var output = new ProtobufOutput(destination);
        output.Number(1, candidates.IsEmpty ? Stay : Move);
        AssignmentWriter.WriteToken(ref output, 2, answer.Claims, answer.Stream, keys);
        CandidateMessages.Write(ref output, 3, candidates, answer.Stream, answer.Claims, ticketsExpireAtUnixS, keys, answer.AdmittedIn);
        output.Number(4, answer.HeartbeatS);
        return output.Written;
    }
}
