using System.Collections.Immutable;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Zones;

/// <summary>What <c>zones check --json</c> prints.</summary>
/// <param name="File">The file as named.</param>
/// <param name="Valid">True when there are no problems.</param>
/// <param name="Zones">Zones; null when they are not valid.</param>
/// <param name="Problems">Every problem, by line.</param>
internal sealed record ZonesVerdict(string File, bool Valid, int? Zones, ImmutableArray<DocumentProblem> Problems);
