namespace Scheduler.State.Ports;

/// <summary>One call of the admin API, allowed or refused. It holds no body, no secret and no address of a viewer.</summary>
/// <param name="At">When it was answered; the first time, where several calls are one record. Whole microseconds once stored.</param>
/// <param name="KeyId">Id of the caller's key; empty for a caller without one that holds.</param>
/// <param name="Caller">Name of the key; empty likewise.</param>
/// <param name="Role">The caller's role: <c>viewer</c>, <c>operator</c> or <c>admin</c>; null when it has none.</param>
/// <param name="Operation">Method and route, such as <c>DELETE /v1/admin/drains/{id}</c>.</param>
/// <param name="Target">What it is about: the id in the route, or what the call made; null where there is none, and for unknown callers.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Revision">The revision that holds what was asked for; null when the call changed no configuration.</param>
/// <param name="Reason">Why, in the caller's words; null where none was given or read.</param>
/// <param name="Calls">How many calls it stands for; at least 1. Repeated reads and refusals are told once a minute.</param>
public sealed record AuditRecord(
    DateTimeOffset At,
    string KeyId,
    string Caller,
    string? Role,
    string Operation,
    string? Target,
    int Status,
    long? Revision,
    string? Reason,
    int Calls = 1);
