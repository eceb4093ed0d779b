using System.Collections.Immutable;
using System.Globalization;
using Scheduler.State.Ports;

namespace Scheduler.State.Keys;

/// <summary>A way back in for whoever holds the store itself when no one holds an admin key any more.</summary>
public static class AdminKeyRecovery
{
    /// <summary>Stands in the store as the maker of a recovered key, so that it can be told from others.</summary>
    public const string Author = "keys recover";

    /// <summary>Makes an admin key; servers of the store take it from their next look at the keys on.</summary>
    /// <param name="keys">The store's keys.</param>
    /// <param name="now">Dates and names the key.</param>
    /// <param name="revokeOthers">True to revoke every other admin key that holds, for when one may be in wrong hands.</param>
    /// <param name="cancellation">Ends the wait, before a write begins.</param>
    public static async ValueTask<RecoveredKey> RecoverAsync(IKeyStore keys, DateTimeOffset now, bool revokeOthers, CancellationToken cancellation)
    {
        (ApiKey made, string secret) = await MakeAsync(keys, now, cancellation);
        var revoked = ImmutableArray.CreateBuilder<ApiKey>();
        if (revokeOthers)
        {
            foreach (ApiKey other in await keys.ListAsync(CancellationToken.None))
            {
                if (other.Kind != ApiKeyKind.Admin || other.RevokedAt is not null || other.Id == made.Id) continue;
                if (await keys.RevokeAsync(other.Id, now, made.Name, CancellationToken.None)) revoked.Add(other);
            }
        }

        return new RecoveredKey(made, secret, revoked.ToImmutable());
    }

    private static async ValueTask<(ApiKey Key, string Secret)> MakeAsync(IKeyStore keys, DateTimeOffset now, CancellationToken cancellation)
    {
        string moment = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        for (int attempt = 1; ; attempt++)
        {
            string id = ApiKeyFormat.NewId();
            string secret = ApiKeyFormat.NewKey(ApiKeyKind.Admin, id);
            byte[] hash = new byte[ApiKeyFormat.HashLength];
            ApiKeyFormat.Hash(secret, hash);

            // The id tells two of one second apart.
            var key = new ApiKey(id, ApiKeyKind.Admin, $"recovered {moment} {id}", [], hash, now, Author, null, null, null);
            if (await keys.AddAsync(key, cancellation)) return (key, secret);
            if (attempt == 4) throw new InvalidOperationException("The store refuses the new key, again and again, although nothing can be in its way.");
        }
    }
}
