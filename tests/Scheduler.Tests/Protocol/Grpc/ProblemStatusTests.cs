using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Tests.Architecture;

namespace Scheduler.Tests.Protocol.Grpc;

public sealed class ProblemStatusTests
{
    [CheckoutFact]
    public void The_page_tells_of_every_problem_with_its_status_and_of_no_other()
    {
        IEnumerable<string> told = File.ReadLines(Path.Combine(Checkout.Root!, "docs/grpc.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && cells[1].StartsWith("`/problems/", StringComparison.Ordinal))
            .Select(cells => $"{cells[1].Trim('`')} {cells[2].Trim('`')} {cells[3].Trim('`')}").Order();
        IEnumerable<string> answered = Enum.GetValues<ProblemKind>()
            .Select(kind => $"{ProblemType.Of(kind).Uri} {NameOf(ProblemStatus.Of(kind))} {ProblemStatus.ReasonOf(kind)}").Order();
        Assert.Equal(answered, told);
    }

    [Fact]
    public void A_reason_leads_back_to_its_kind() =>
        Assert.All(Enum.GetValues<ProblemKind>(), kind => Assert.Equal(kind, ProblemStatus.Find(ProblemStatus.ReasonOf(kind))));

    [Fact]
    public void Details_come_back()
    {
        WireProblem[] errors = [new("want", "must be in [1, 8]"), new("exclude[3]", new string('é', 300))];
        StatusDetails read = StatusDetails.Read(StatusDetails.Write(new GrpcStatus(GrpcStatusCode.InvalidArgument, "two things"), "INVALID_REQUEST", errors, 5))!;
        Assert.Equal("INVALID_REQUEST", read.Reason);
        Assert.Equal([errors[0], errors[1] with { Reason = new string('é', 256) }], read.Errors.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(5), read.RetryAfter);
        Assert.Null(StatusDetails.Read([0x1A, 0x7F]));
        StatusDetails none = StatusDetails.Read(StatusDetails.Write(new GrpcStatus(GrpcStatusCode.Unavailable), "NOT_READY", [], null))!;
        Assert.True(none.Errors.IsEmpty && none.RetryAfter is null);
    }

    private static string NameOf(GrpcStatusCode code) => System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());
}
