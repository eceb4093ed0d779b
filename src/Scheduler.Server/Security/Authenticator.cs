namespace Scheduler.Server.Security;

/// <summary>Tells who calls. On the request path: allocates nothing.</summary>
/// <param name="keys">The keys that hold.</param>
/// <param name="demo">True in demo mode: a caller on loopback needs no key.</param>
public sealed class Authenticator(KeyRegistry keys, bool demo)
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>
    /// The caller by its <c>Authorization: Bearer</c> header, or by <c>?k=</c>, which takes publishable player keys only. Who shows a wrong key is
    /// <see cref="Caller.UnknownKey"/>, in demo mode too.
    /// </summary>
    /// <param name="context">The request.</param>
    public Caller Authenticate(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ } header, ..])
        {
            return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? keys.Ring.Find(header.AsSpan(BearerPrefix.Length).Trim())
                : Caller.UnknownKey;
        }

        ReadOnlySpan<char> key = QueryKey(context.Request.QueryString.Value);
        if (!key.IsEmpty)
        {
            Caller caller = keys.Ring.Find(key);
            return caller.IsPublishable ? caller : Caller.UnknownKey;
        }

        return demo && DemoAccess.IsLoopback(context) ? Caller.Demo : Caller.NoKey;
    }

    /// <summary>The key as the caller showed it; empty when it showed none.</summary>
    internal static ReadOnlySpan<char> KeyOf(HttpContext context)
    {
        if (context.Request.Headers.Authorization is not [{ } header, ..]) return QueryKey(context.Request.QueryString.Value);
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header.AsSpan(BearerPrefix.Length).Trim() : default;
    }

    /// <summary>The value of <c>k</c>; empty when there is none. A player key has no character that would be escaped.</summary>
    internal static ReadOnlySpan<char> QueryKey(ReadOnlySpan<char> query)
    {
        while (!query.IsEmpty)
        {
            query = query[1..]; // the leading ? or &
            int end = query.IndexOf('&');
            ReadOnlySpan<char> pair = end < 0 ? query : query[..end];
            if (pair.StartsWith("k=", StringComparison.Ordinal)) return pair[2..];
            query = end < 0 ? default : query[end..];
        }

        return default;
    }
}
