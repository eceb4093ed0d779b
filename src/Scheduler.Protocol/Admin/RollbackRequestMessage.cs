namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/revisions/{n}:rollback</c>; the body may be absent.</summary>
/// <param name="Reason">Why, 1 to 500 characters; absent for "rollback to revision n".</param>
/// <param name="Force">True rolls back even when no node would be left to serve viewers; absent for false.</param>
public sealed record RollbackRequestMessage(string? Reason = null, bool? Force = null);
