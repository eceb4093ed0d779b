using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Why a steered name stands for what it stands for.</summary>
/// <param name="Class">The class of streams by which it is decided.</param>
/// <param name="TtlS">Time for which the answer holds, s.</param>
/// <param name="Decision">How it ended.</param>
/// <param name="Nodes">The nodes, best first.</param>
/// <param name="Explanation">What a session of a stream that is warm nowhere would be decided by at this moment, for the same client: every site with its score term by term.</param>
public sealed record DnsSteeredMessage(string Class, int TtlS, string Decision, ImmutableArray<DnsNodeMessage> Nodes, ExplanationMessage Explanation);
