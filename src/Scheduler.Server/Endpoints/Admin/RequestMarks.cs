using System.Security.Cryptography;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Reads the Idempotency-Key of a request.</summary>
internal static class RequestMarks
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int MostLength = 255;

    /// <summary>
    /// Reads the header: a string in quotes, as draft-ietf-httpapi-idempotency-key-header writes it, or the same bare, as most clients send it.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">What the request does, with the ids in its path: the same key may be used once for each.</param>
    /// <param name="body">The body's bytes.</param>
    /// <param name="mark">The mark; null when the header is absent.</param>
    /// <param name="problem">The answer, when the header is malformed.</param>
    /// <returns>False when the header is malformed.</returns>
    public static bool TryRead(HttpContext context, string operation, ReadOnlySpan<byte> body, out RequestMark? mark, out IResult? problem)
    {
        mark = null;
        problem = null;
        var values = context.Request.Headers[Header];
        if (values.Count == 0) return true;

        string key = values.ToString();
        bool isQuoted = key is ['"', .., '"'];
        if (isQuoted) key = key[1..^1];
        if (values.Count > 1 || key.Length is 0 or > MostLength || key.AsSpan().ContainsAnyExceptInRange(isQuoted ? ' ' : '!', '~') || key.AsSpan().ContainsAny('"', '\\'))
        {
            string reason = $"must be given once, with 1 to {MostLength} visible ASCII characters, none of them a quote or backslash; in quotes or bare";
            problem = Problem.MalformedRequest($"{Header} {reason}.", new ProblemFieldMessage(Header, reason));
            return false;
        }

        mark = new RequestMark($"{context.GetCaller().Id}/{operation}/{key}", Convert.ToHexStringLower(SHA256.HashData(body)));
        return true;
    }
}
