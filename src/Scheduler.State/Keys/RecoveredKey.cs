using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State.Keys;

/// <summary>An admin key that was made anew.</summary>
/// <param name="Key">What is stored.</param>
/// <param name="Secret">The whole key: known only now.</param>
/// <param name="Revoked">Admin keys that were revoked for it, the oldest first.</param>
public sealed record RecoveredKey(ApiKey Key, string Secret, ImmutableArray<ApiKey> Revoked)
{
    /// <summary>Without the secret: it is never logged.</summary>
    public override string ToString() => $"RecoveredKey {Key.Id}";
}
