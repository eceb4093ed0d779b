namespace Scheduler.Protocol.Documents;

/// <summary>One thing that is wrong with a document that people write.</summary>
/// <param name="Line">Line, from 1; for a member that is missing, the line of what lacks it.</param>
/// <param name="Column">Column, from 1: characters in YAML, bytes in JSON.</param>
/// <param name="Field">Path of the member, such as <c>sites[3].nodes[0].host</c>; empty for the document itself.</param>
/// <param name="Reason">What is wrong and what would be right, one sentence without a full stop.</param>
public sealed record DocumentProblem(int Line, int Column, string Field, string Reason);
