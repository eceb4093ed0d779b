namespace Scheduler.State.Ports;

/// <summary>How an append ended.</summary>
/// <param name="Appended">True when the draft became the newest revision; false when another writer was first, or leads by now, and nothing was written.</param>
/// <param name="Newest">Number of the newest revision after the call; 0 for an empty store.</param>
public readonly record struct AppendResult(bool Appended, long Newest)
{
    /// <summary>True when the draft was refused because its fence is not that of the lease: another attempt is refused too.</summary>
    public bool IsFenced { get; init; }
}
