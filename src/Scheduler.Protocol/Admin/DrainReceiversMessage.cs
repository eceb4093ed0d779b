namespace Scheduler.Protocol.Admin;

/// <summary>The sites that take over from a drained one, and those of them that get nothing more for now.</summary>
/// <param name="Count">Sites to which sessions were sent within the last half minute, or would have been if they did not wait.</param>
/// <param name="Waiting">Those of them that get nothing more by migration for now, those that fail their players first, then the fullest.</param>
/// <param name="Reason">The same in words, as <c>3 of 14 receivers wait: ams over 90 %</c>; absent when none waits.</param>
public sealed record DrainReceiversMessage(int Count, IReadOnlyList<WaitingReceiverMessage> Waiting, string? Reason = null);
