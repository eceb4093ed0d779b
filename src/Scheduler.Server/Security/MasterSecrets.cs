using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>Finds the master secrets of tokens and tickets.</summary>
public static class MasterSecrets
{
    /// <summary>How long a new secret is only listed before it signs: edges that fetch their ticket keys every five minutes have it twice over.</summary>
    public static readonly TimeSpan ListedFirst = TimeSpan.FromMinutes(10);

    /// <summary>How long a secret verifies after the next one began to sign: longer than any token or ticket lives.</summary>
    public static readonly TimeSpan KeptAfter = TimeSpan.FromHours(24);

    /// <summary>The secret of the store that signs: the newest that was listed for long enough, else the oldest.</summary>
    /// <param name="newestFirst">At least one, as the store gives them.</param>
    /// <param name="now">The time.</param>
    public static MasterSecret Signing(ImmutableArray<MasterSecret> newestFirst, DateTimeOffset now)
    {
        foreach (MasterSecret secret in newestFirst)
        {
            if (secret.CreatedAt + ListedFirst <= now) return secret;
        }

        return newestFirst[^1];
    }

    /// <summary>The secrets of the store that may be forgotten, because all that was made with them has expired.</summary>
    /// <param name="newestFirst">At least one, as the store gives them.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<MasterSecret> Spent(ImmutableArray<MasterSecret> newestFirst, DateTimeOffset now)
    {
        MasterSecret signing = Signing(newestFirst, now);
        return signing.CreatedAt + ListedFirst + KeptAfter <= now ? [.. newestFirst.Where(secret => secret.Id < signing.Id)] : [];
    }

    /// <summary>The secrets of the configuration, or else those of the store, where the first start makes one.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="store">Where the secrets are that the configuration does not give.</param>
    /// <param name="clock">Dates a new secret.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>At least one. Of the configuration's the first one signs; of the store's, the newest first, <see cref="Signing"/> tells.</returns>
    public static async ValueTask<ImmutableArray<MasterSecret>> LoadAsync(
        SecurityOptions options, ISecretStore store, TimeProvider clock, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return options.TokenKeys.Count > 0 ? Configured(options, now) : await store.ReadOrCreateAsync(RandomNumberGenerator.GetBytes(MasterSecret.Length), now, cancellation);
    }

    /// <summary>The secrets of the configuration, of which the first one signs.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="now">Dates them.</param>
    internal static ImmutableArray<MasterSecret> Configured(SecurityOptions options, DateTimeOffset now)
    {
        var secrets = ImmutableArray.CreateBuilder<MasterSecret>();
        foreach (string text in options.TokenKeys)
        {
            if (!TryParse(text, now, out MasterSecret? secret)) throw new ArgumentException("The options were not checked.", nameof(options));
            secrets.Add(secret);
        }

        return secrets.ToImmutable();
    }

    /// <summary>Reads <c>ID:BASE64</c>.</summary>
    internal static bool TryParse(string text, DateTimeOffset at, [NotNullWhen(true)] out MasterSecret? secret)
    {
        secret = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !byte.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out byte id) || id == 0) return false;

        byte[] bytes = new byte[MasterSecret.Length];
        if (!Convert.TryFromBase64Chars(text.AsSpan(colon + 1), bytes, out int written) || written != bytes.Length) return false;
        secret = new MasterSecret(id, bytes, at);
        return true;
    }
}
