using System.Collections.Immutable;
using Scheduler.Server.Security;
using Scheduler.State.Keys;
using Scheduler.State.Ports;

namespace Scheduler.Tests.Server.Security;

/// <summary>Makes keys for tests.</summary>
internal static class Keys
{
    public static (ApiKey Stored, string Secret) New(ApiKeyKind kind, params ImmutableArray<string> sites)
    {
        string id = ApiKeyFormat.NewId();
        string secret = ApiKeyFormat.NewKey(kind, id);
        byte[] hash = new byte[ApiKeyFormat.HashLength];
        ApiKeyFormat.Hash(secret, hash);
        return (new ApiKey(id, kind, $"{kind} {id}", sites, hash, DateTimeOffset.UnixEpoch, "test", null, null, null), secret);
    }
}
