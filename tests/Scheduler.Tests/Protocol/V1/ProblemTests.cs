using System.Buffers;
using System.Text.Json;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Tests.Protocol.V1;

public sealed class ProblemTests
{
    [Fact]
    public void A_problem_has_its_golden_form()
    {
        ArrayBufferWriter<byte> output = new();
        ProblemWriter.Write(
            output, ProblemKind.InvalidRequest, "Nothing was changed.", [new("stream", "required"), new("exclude[3]", "must be the \"id\" of a node")]);
        Golden.Matches("problem.json", output.WrittenSpan);
    }

    [Fact]
    public void Every_kind_has_a_type_title_and_status_of_its_own()
    {
        ProblemKind[] kinds = Enum.GetValues<ProblemKind>();
        ProblemType[] types = [.. kinds.Select(ProblemType.Of)];
        Assert.Equal(kinds.Length, types.Select(type => type.Slug).Distinct().Count());
        Assert.All(types, type => Assert.Matches("^[a-z]+(-[a-z]+)*$", type.Slug));
        Assert.All(types, type => Assert.InRange(type.Status, 400, 503));
    }

    [Fact]
    public void Ready_made_problems_are_those_that_would_be_written()
    {
        foreach (ProblemKind kind in Enum.GetValues<ProblemKind>())
        {
            ProblemMessage message = JsonSerializer.Deserialize(ProblemWriter.Of(kind).Span, V1Json.Default.ProblemMessage)!;
            ProblemType type = ProblemType.Of(kind);
            Assert.Equal((type.Uri, type.Title, type.Status), (message.Type, message.Title, message.Status ?? 0));
            Assert.Null(message.Errors);
        }
    }
}
