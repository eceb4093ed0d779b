using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Fleets;

/// <summary>What <c>fleet validate --json</c> prints.</summary>
/// <param name="File">The file as named.</param>
/// <param name="Valid">True when there are no problems.</param>
/// <param name="Summary">What the fleet amounts to; null when it is not valid.</param>
/// <param name="Problems">Every problem, by line.</param>
internal sealed record FleetVerdict(string File, bool Valid, FleetSummary? Summary, ImmutableArray<DocumentProblem> Problems)
{
    public static FleetVerdict Of(string file, DocumentReadResult<Fleet> result) =>
        new(file, result.IsValid, result.IsValid ? FleetSummary.Of(result.Value) : null, result.Problems);
}
