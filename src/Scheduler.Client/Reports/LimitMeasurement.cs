namespace Scheduler.Client.Reports;

/// <summary>A limit other than egress, in the vocabulary of CDNI capacity (RFC 9808).</summary>
/// <param name="Type">What is limited, such as <c>sessions</c>.</param>
/// <param name="Hard">Never to be exceeded; over 0, in the limit's own unit.</param>
/// <param name="Current">In use now; at least 0.</param>
/// <param name="Soft">Better not exceeded; null when there is no such mark.</param>
public readonly record struct LimitMeasurement(string Type, double Hard, double Current, double? Soft = null);
