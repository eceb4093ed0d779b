using System.Buffers;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Steering;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Writes the body of a 201 to <c>POST /v1/sessions</c> and of a 200 to a failover, token and tickets made on the way.</summary>
public static class SessionAnswerWriter
{
    /// <summary>More than what the members take beside token, stream, cell and candidates.</summary>
    private const int MaxOwnLength = 320;

    /// <summary>Most bytes that an answer takes.</summary>
    public static int MaxLength(in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates) =>
        MaxOwnLength + SessionToken.MaxLength + answer.Stream.Length + answer.Cell.Length + (answer.SteeringBase.IsEmpty ? 0 : SteeringOf(in answer, StreamProtocols.Hls).MaxLength)
        + CandidateList.MaxLength(candidates, answer.Stream.Length);

    /// <summary>Writes an answer.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="candidates">Its candidates, best first, 1 to 8.</param>
    /// <param name="keys">The keys of token and tickets.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The space is too small, or the stream is not that of the claims.</exception>
    /// <remarks>Allocates nothing, once each candidate's site had its key derived.</remarks>
    public static int Write(
        Span<byte> destination, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        SessionClaims claims = answer.Claims;
        WireOutput output = new(destination);
        output.Raw("{\"session\":\""u8);
        SessionIdText.Write(claims.Session, output.Free);
        output.Advance(SessionIdText.Length);
        output.Raw("\",\"token\":\""u8);
        output.Advance(SessionToken.Write(claims, answer.Stream, keys, output.Free));
        output.Raw("\",\"heartbeat_s\":"u8);
        output.Integer(answer.HeartbeatS);
        output.Raw(",\"expires_at\":\""u8);
        output.Moment(claims.ExpiresAtUnixS);
        output.Raw("\",\"stream\":\""u8);
        output.Raw(answer.Stream);
        output.Raw("\",\"cell\":\""u8);
        output.Raw(answer.Cell);
        output.Raw("\","u8);
        CandidateList.Write(ref output, candidates, answer.Stream, claims, answer.TicketsExpireAtUnixS, keys, answer.AdmittedIn);
        if (SteeredBy(in answer, candidates) is { } protocol)
        {
            output.Raw(",\"steering_url\":\""u8);
            SteeringOf(in answer, protocol).Write(ref output, keys);
            output.Raw("\""u8);
        }
        output.Raw(",\"revision\":"u8);
        output.Integer(answer.Revision);
        output.Raw(",\"decision\":\""u8);
        output.Raw(WireNames.Of(answer.Decision));
        if (answer.Role is { } role) output.Raw(role == WireRole.Primary ? "\",\"role\":\"primary"u8 : "\",\"role\":\"backup"u8);
        output.Raw("\"}"u8);
        return output.Written;
    }

    /// <summary>Writes an answer to where a response goes.</summary>
    /// <inheritdoc cref="Write(Span{byte}, in SessionAnswer, ReadOnlySpan{CandidateAnswer}, TokenKeyRing)"/>
    public static int Write(
        IBufferWriter<byte> output, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        int length = Write(output.GetSpan(MaxLength(answer, candidates)), answer, candidates, keys);
        output.Advance(length);
        return length;
    }

    /// <summary>The address at which the session is steered.</summary>
    internal static SteeringUri SteeringOf(scoped in SessionAnswer answer, StreamProtocols protocol) =>
        new() { Base = answer.SteeringBase, Protocol = protocol, Stream = answer.Stream, Claims = answer.Claims, Key = answer.SteeringKey };

    /// <summary>The protocol by which a session can be steered; HLS where any will do and its node speaks it. Null for none.</summary>
    internal static StreamProtocols? SteeredBy(in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates)
    {
        SessionClaims claims = answer.Claims;
        if (answer.SteeringBase.IsEmpty || claims.Kind != SessionKind.Play) return null;
        return claims.Protocol switch
        {
            StreamProtocols.Hls or StreamProtocols.Dash => claims.Protocol,
            StreamProtocols.None when candidates[0].Fragment.Url(StreamProtocols.Hls, SessionKind.Play) is not null => StreamProtocols.Hls,
            _ => null,
        };
    }
}
