namespace Scheduler.Protocol.V1.Sessions;

/// <summary>One node of an answer.</summary>
/// <param name="Fragment">The node.</param>
/// <param name="RttMs">Expected round trip from viewer to node, ms; written with one decimal.</param>
public readonly record struct CandidateAnswer(CandidateFragment Fragment, float RttMs);
