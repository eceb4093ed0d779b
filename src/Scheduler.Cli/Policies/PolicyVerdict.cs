using System.Collections.Immutable;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Policies;

/// <summary>What <c>policy validate --json</c> prints.</summary>
/// <param name="File">The file as named.</param>
/// <param name="Valid">True when there are no problems.</param>
/// <param name="Fences">Fences; null when it is not valid.</param>
/// <param name="Classes">Classes of streams; null when it is not valid.</param>
/// <param name="Problems">Every problem, by line.</param>
internal sealed record PolicyVerdict(string File, bool Valid, int? Fences, int? Classes, ImmutableArray<DocumentProblem> Problems);
