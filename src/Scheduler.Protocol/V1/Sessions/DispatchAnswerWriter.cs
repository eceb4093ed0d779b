using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Writes the body of a 200 to <c>GET /v1/dispatch</c>.</summary>
public static class DispatchAnswerWriter
{
    private const int MaxOwnLength = 160;

    /// <summary>Most bytes that an answer takes.</summary>
    public static int MaxLength(in DispatchAnswer answer, ReadOnlySpan<CandidateAnswer> candidates) =>
        MaxOwnLength + answer.Stream.Length + answer.Cell.Length + CandidateList.MaxLength(candidates, answer.Stream.Length);

    /// <summary>Writes an answer: candidates without tickets.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="candidates">Its candidates, best first, 1 to 8.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, in DispatchAnswer answer, ReadOnlySpan<CandidateAnswer> candidates)
    {
        WireOutput output = new(destination);
        output.Raw("{\"stream\":\""u8);
        output.Raw(answer.Stream);
        output.Raw("\",\"cell\":\""u8);
        output.Raw(answer.Cell);
        output.Raw("\","u8);
        CandidateList.Write(ref output, candidates, answer.Stream, answer.Protocol, answer.Kind);
        output.Raw(",\"revision\":"u8);
        output.Integer(answer.Revision);
        output.Raw(",\"decision\":\""u8);
        output.Raw(WireNames.Of(answer.Decision));
        output.Raw("\"}"u8);
        return output.Written;
    }
}
