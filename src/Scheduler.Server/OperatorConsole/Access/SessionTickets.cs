using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>
/// Makes and reads the text in the console's cookie: who signed in and when, under a MAC. Nothing is kept for a session but that it was ended, so that every replica
/// takes a cookie that another made, and a restart signs nobody out. The key comes from the secrets of the store, which rotate.
/// </summary>
/// <param name="secrets">The secrets.</param>
/// <param name="keys">Tells whether the key that was shown still holds: who revokes it ends its sessions with the next request.</param>
/// <param name="ended">Sessions that were ended here.</param>
/// <param name="clock">The time.</param>
internal sealed class SessionTickets(TokenKeys secrets, KeyRegistry keys, EndedSessions ended, TimeProvider clock)
{
    /// <summary>Longest life of a session.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string Purpose = "console";
    private const int NonceBytes = 16;
    private const int MostLength = 256;

    /// <summary>The ticket of a new session.</summary>
    /// <param name="caller">Who signs in.</param>
    public string Make(Caller caller)
    {
        string nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        byte secret = secrets.Ring.CurrentKeyId;
        string text = string.Create(CultureInfo.InvariantCulture, $"{secret}.{clock.GetUtcNow().ToUnixTimeSeconds()}.{nonce}.{caller.Id}");
        return $"{text}.{Mac(secret, text)}";
    }

    /// <summary>Reads a ticket that a browser sent.</summary>
    /// <param name="ticket">Text of any content.</param>
    /// <returns>The session; null when it is no ticket of ours, has expired or was ended, or its key does not hold any more.</returns>
    public Session? Read(string? ticket)
    {
        if (ticket is null or { Length: > MostLength } || ticket.Split('.') is not [var id, var since, var nonce, var key, var mac]) return null;
        if (!byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out byte secret) || Mac(secret, $"{id}.{since}.{nonce}.{key}") is not { } expected) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(expected))) return null;
        // What the MAC vouches for was written by us: it parses.
        DateTimeOffset from = DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture)), now = clock.GetUtcNow();
        if (now - from > Lifetime || from - now > TimeSpan.FromMinutes(5) || ended.Contains(nonce)) return null;
        return keys.Ring.Recall(key) is { Role: not null } caller ? new Session(caller, nonce, from + Lifetime) : null;
    }

    /// <summary>The word that forms of a session carry: who cannot read a page of it cannot post for it.</summary>
    /// <param name="nonce">The session's.</param>
    public string FormToken(string nonce)
    {
        byte secret = secrets.Ring.CurrentKeyId;
        return string.Create(CultureInfo.InvariantCulture, $"{secret}.{Mac(secret, FormText(nonce))}");
    }

    /// <summary>True when a form carries the word of its session.</summary>
    /// <param name="nonce">The session's.</param>
    /// <param name="token">What the form carries: any text.</param>
    public bool IsFormToken(string nonce, string? token) =>
        token is { Length: <= MostLength } && token.Split('.') is [var id, var mac]
        && byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out byte secret) && Mac(secret, FormText(nonce)) is { } expected
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(expected));

    // No ticket begins like this: a word for forms is no ticket, and the other way round.
    private static string FormText(string nonce) => "form." + nonce;

    /// <summary>The MAC of a text; null when there is no such secret.</summary>
    private string? Mac(byte secret, string text) =>
        secrets.KeyFor(Purpose, secret) is { } key ? Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) : null;
}
