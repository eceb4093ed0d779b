namespace Scheduler.Protocol.V1.Messages;

/// <summary>A limit of a node (RFC 9808), in its own unit.</summary>
/// <param name="Type">Name of the limit: <c>sessions</c>, <c>requests</c>…; at most 32 characters.</param>
/// <param name="Hard">Never to be exceeded; over 0.</param>
/// <param name="Soft">Where to begin to shift load; null for nowhere.</param>
/// <param name="Current">In use now; null when not said.</param>
public sealed record ReportLimitMessage(string Type, double Hard, double? Soft, double? Current);
