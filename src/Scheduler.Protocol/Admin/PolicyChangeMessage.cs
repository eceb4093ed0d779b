namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>PUT /v1/admin/policy</c>.</summary>
/// <param name="Revision">The revision that holds the policy; the old one when nothing was different.</param>
/// <param name="Fences">Fences of the policy.</param>
/// <param name="Classes">Classes of streams of the policy.</param>
public sealed record PolicyChangeMessage(long Revision, int Fences, int Classes);
