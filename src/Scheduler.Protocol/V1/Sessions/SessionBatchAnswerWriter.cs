using System.Buffers;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// Writes the body of a 200 to <c>POST /v1/sessions:batch</c>: one answer or problem for each request, in order, then
/// <see cref="Complete"/>.
/// </summary>
/// <param name="output">Where to.</param>
public struct SessionBatchAnswerWriter(IBufferWriter<byte> output)
{
    private bool _begun;

    /// <summary>Writes the answer to the next request.</summary>
    /// <inheritdoc cref="SessionAnswerWriter.Write(Span{byte}, in SessionAnswer, ReadOnlySpan{CandidateAnswer}, TokenKeyRing)"/>
    public void Answer(scoped in SessionAnswer answer, scoped ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        Separate();
        SessionAnswerWriter.Write(output, answer, candidates, keys);
    }

    /// <summary>Writes what was wrong with the next request.</summary>
    /// <inheritdoc cref="ProblemWriter.Write"/>
    public void Problem(ProblemKind kind, string? detail = null, scoped ReadOnlySpan<WireProblem> errors = default)
    {
        Separate();
        ProblemWriter.Write(output, kind, detail, errors);
    }

    /// <summary>Closes the body.</summary>
    public void Complete()
    {
        if (!_begun) output.Write("{\"answers\":["u8);
        output.Write("]}"u8);
    }

    private void Separate()
    {
        output.Write(_begun ? ","u8 : "{\"answers\":["u8);
        _begun = true;
    }
}
