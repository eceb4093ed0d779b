using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Writes the body of a 200 to <c>POST /v1/sessions/heartbeat</c>.</summary>
public static class HeartbeatAnswerWriter
{
    /// <summary>Most bytes that the answer to a session that stays takes.</summary>
    public const int MaxStayLength = MaxOwnLength + SessionToken.MaxLength;

    private const int MaxOwnLength = 96;

    /// <summary>Most bytes that the answer to a session that moves takes.</summary>
    public static int MaxMoveLength(in HeartbeatAnswer answer, ReadOnlySpan<CandidateAnswer> candidates) =>
        MaxStayLength + CandidateList.MaxLength(candidates, answer.Stream.Length);

    /// <summary>Writes the answer to a session that stays.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxStayLength"/> bytes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="keys">The keys of the token.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteStay(Span<byte> destination, in HeartbeatAnswer answer, TokenKeyRing keys)
    {
        WireOutput output = new(destination);
        output.Raw("{\"action\":\"stay\",\"token\":\""u8);
        Close(ref output, answer, keys);
        return output.Written;
    }

    /// <summary>Writes the answer to a session that moves: make before break.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxMoveLength"/> bytes.</param>
    /// <param name="answer">The answer; its claims name the new node.</param>
    /// <param name="candidates">Where to go, best first, 1 to 8.</param>
    /// <param name="ticketsExpireAtUnixS">First second at which the tickets no longer open anything, Unix s.</param>
    /// <param name="keys">The keys of token and tickets.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteMove(
        Span<byte> destination,
        in HeartbeatAnswer answer,
        ReadOnlySpan<CandidateAnswer> candidates,
        uint ticketsExpireAtUnixS,
        TokenKeyRing keys)
    {
        WireOutput output = new(destination);
        output.Raw("{\"action\":\"move\","u8);
        CandidateList.Write(ref output, candidates, answer.Stream, answer.Claims, ticketsExpireAtUnixS, keys, answer.AdmittedIn);
        output.Raw(",\"token\":\""u8);
        Close(ref output, answer, keys);
        return output.Written;
    }

    private static void Close(ref WireOutput output, in HeartbeatAnswer answer, TokenKeyRing keys)
    {
        output.Advance(SessionToken.Write(answer.Claims, answer.Stream, keys, output.Free));
        output.Raw("\",\"heartbeat_s\":"u8);
        output.Integer(answer.HeartbeatS);
        output.Raw("}"u8);
    }
}
