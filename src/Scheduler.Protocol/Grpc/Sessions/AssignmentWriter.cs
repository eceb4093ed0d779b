using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Writes <c>scheduler.v1.Assignment</c>, token and tickets made on the way.</summary>
public static class AssignmentWriter
{
    /// <summary>More than what the fields take beside token, stream, cell and candidates.</summary>
    private const int MaxOwnLength = (10 * ProtobufOutput.MaxHead) + SessionIdText.Length;

    /// <summary>Most bytes that an answer takes.</summary>
    public static int MaxLength(in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates) =>
        MaxOwnLength + SessionToken.MaxLength + answer.Stream.Length + answer.Cell.Length
        + (answer.SteeringBase.IsEmpty ? 0 : SessionAnswerWriter.SteeringOf(in answer, StreamProtocols.Hls).MaxLength) + CandidateMessages.MaxLength(candidates, answer.Stream.Length);

    /// <summary>Writes an answer.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="candidates">Its candidates, best first, 1 to 8.</param>
    /// <param name="keys">The keys of token and tickets.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The stream is not that of the claims.</exception>
    /// <remarks>Allocates nothing, once each candidate's node was named before.</remarks>
    public static int Write(Span<byte> destination, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        var output = new ProtobufOutput(destination);
        Write(ref output, in answer, candidates, keys);
        return output.Written;
    }

    /// <summary>Writes the fields of an answer.</summary>
    internal static void Write(ref ProtobufOutput output, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        SessionClaims claims = answer.Claims;
        output.Head(1, SessionIdText.Length);
        SessionIdText.Write(claims.Session, output.Free);
        output.Advance(SessionIdText.Length);
        WriteToken(ref output, 2, in claims, answer.Stream, keys);
        output.Number(3, answer.HeartbeatS);
        output.Number(4, claims.ExpiresAtUnixS);
        output.Bytes(5, answer.Stream);
        output.Bytes(6, answer.Cell); // an id of a cell has no character that JSON would write differently
        CandidateMessages.Write(ref output, 7, candidates, answer.Stream, in claims, answer.TicketsExpireAtUnixS, keys, answer.AdmittedIn);
        output.Number(8, answer.Revision);
        output.Number(9, (int)answer.Decision + 1);
        if (SessionAnswerWriter.SteeredBy(in answer, candidates) is { } protocol) WriteSteering(ref output, in answer, protocol, keys);
    }

    private static void WriteSteering(ref ProtobufOutput output, in SessionAnswer answer, StreamProtocols protocol, TokenKeyRing keys)
    {
        int at = output.Open(10);
        var address = new WireOutput(output.Free); // none of its characters would be escaped
        SessionAnswerWriter.SteeringOf(in answer, protocol).Write(ref address, keys);
        output.Advance(address.Written);
        output.Close(at);
    }

    /// <summary>Writes a token.</summary>
    internal static void WriteToken(ref ProtobufOutput output, int field, in SessionClaims claims, ReadOnlySpan<byte> stream, TokenKeyRing keys)
    {
        int at = output.Open(field);
        output.Advance(SessionToken.Write(claims, stream, keys, output.Free));
        output.Close(at);
    }
}
