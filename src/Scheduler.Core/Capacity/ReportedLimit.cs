namespace Scheduler.Core.Capacity;

/// <summary>A limit other than egress, in the vocabulary of CDNI capacity (RFC 9808): <c>current</c> of at most <c>hard</c>.</summary>
/// <param name="Hard">Never to be exceeded; over 0, in the limit's own unit.</param>
/// <param name="Current">In use now; at least 0.</param>
public readonly record struct ReportedLimit(double Hard, double Current);
