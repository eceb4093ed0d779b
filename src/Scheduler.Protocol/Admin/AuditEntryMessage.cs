namespace Scheduler.Protocol.Admin;

/// <summary>One call of the admin API, or several alike within a minute.</summary>
/// <param name="Number">Its place in the log; rises with the order of writing.</param>
/// <param name="At">When it was answered; the first time, where it stands for several.</param>
/// <param name="Caller">Name of the caller's key; absent for a caller without one that holds.</param>
/// <param name="KeyId">Id of that key; absent likewise.</param>
/// <param name="Role">The caller's role; absent when it has none.</param>
/// <param name="Operation">Method and route, such as <c>DELETE /v1/admin/drains/{id}</c>; a dry run ends in <c>?dry_run=true</c>.</param>
/// <param name="Target">What it is about; absent where nothing tells.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Revision">The revision that holds what was asked for; absent when the call changed no configuration.</param>
/// <param name="Reason">Why, in the caller's words; absent where none was given.</param>
/// <param name="Calls">How many calls it stands for.</param>
public sealed record AuditEntryMessage(
    long Number,
    DateTimeOffset At,
    string? Caller,
    string? KeyId,
    string? Role,
    string Operation,
    string? Target,
    int Status,
    long? Revision,
    string? Reason,
    int Calls);
