namespace Scheduler.Protocol.Admin;

/// <summary>A drain.</summary>
/// <param name="Id">Unique for ever.</param>
/// <param name="Target">What it takes out of service.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who: the name of the key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>ended</c> (deleted by this call).</param>
/// <param name="Nodes">How many nodes of the present fleet it covers.</param>
/// <param name="Revision">The revision that this call made; absent where the call only reads.</param>
public sealed record DrainMessage(
    string Id,
    DrainTargetMessage Target,
    string Reason,
    string Author,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string State,
    int Nodes,
    long? Revision = null);
