using System.Buffers;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Writes the results of <c>scheduler.v1.AssignBatchResponse</c>, one for each request, in order.</summary>
public static class AssignResultWriter
{
    private const int ResultsField = 1, AssignmentField = 1, ProblemField = 2;

    /// <summary>Writes the answer to the next request.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="candidates">Its candidates, best first, 1 to 8.</param>
    /// <param name="keys">The keys of token and tickets.</param>
    public static void Answer(IBufferWriter<byte> output, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        var result = new ProtobufOutput(output.GetSpan(AssignmentWriter.MaxLength(in answer, candidates) + (2 * ProtobufOutput.MaxHead)));
        int at = result.Open(ResultsField), assignment = result.Open(AssignmentField);
        AssignmentWriter.Write(ref result, in answer, candidates, keys);
        result.Close(assignment);
        result.Close(at);
        output.Advance(result.Written);
    }

    /// <summary>Writes what was wrong with the next request.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="detail">What is particular to this time; null for nothing.</param>
    /// <param name="errors">Fields at fault.</param>
    public static void Problem(IBufferWriter<byte> output, ProblemKind kind, string? detail = null, ReadOnlySpan<WireProblem> errors = default)
    {
        ProblemType type = ProblemType.Of(kind);
        int length = (8 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(type.Slug.Length + (detail?.Length ?? 0));
        foreach (WireProblem error in errors) length += (3 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(error.Field.Length + error.Reason.Length);
        var result = new ProtobufOutput(output.GetSpan(length));
        int at = result.Open(ResultsField), problem = result.Open(ProblemField);
        result.Number(1, (int)ProblemStatus.Of(kind));
        result.Text(2, type.Slug);
        result.Text(3, detail ?? "");
        foreach (WireProblem error in errors)
        {
            int field = result.Open(4);
            result.Text(1, error.Field);
            result.Text(2, error.Reason);
            result.Close(field);
        }
        result.Close(problem);
        result.Close(at);
        output.Advance(result.Written);
    }
}
