using System.Globalization;
using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http.Limits;

/// <summary>Holds callers of one kind to one policy, and tells them how they stand.</summary>
/// <remarks>
/// The fields are those of draft-ietf-httpapi-ratelimit-headers-10. They are written when less than half of the quota is left: who is far from his limit
/// has no use for them, and the busiest call would pay for them.
/// </remarks>
internal sealed class RateLimiter(RatePolicy policy, TimeProvider time)
{
    private const string PolicyField = "RateLimit-Policy";
    private const string StandingField = "RateLimit";

    private readonly RateTable _table = new(policy);
    private readonly long _start = time.GetTimestamp();
    private readonly StringValues _policy = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";q={policy.Quota};w={policy.WindowS}");
    private long _refused;

    /// <summary>Name of the policy.</summary>
    public string Name => policy.Name;

    /// <summary>Calls refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Takes one token without a word to the caller; false when there is none.</summary>
    /// <param name="caller">A hash of who calls.</param>
    public bool TryTake(ulong caller)
    {
        if (_table.TryTake(caller, time.GetElapsedTime(_start).Ticks, 1, out _)) return true;
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>Takes tokens; when there are too few the answer is written and false given.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">A hash of who calls.</param>
    /// <param name="cost">Tokens, at least 1.</param>
    public bool TryTake(HttpContext context, ulong caller, int cost)
    {
        bool enough = _table.TryTake(caller, time.GetElapsedTime(_start).Ticks, cost, out long left);
        if (enough && left >= policy.Quota / 2) return true;
        IHeaderDictionary headers = context.Response.Headers;
        headers[PolicyField] = _policy;
        headers[StandingField] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r={left};t={Seconds(policy.Quota - left)}");
        CrossOrigin.ShowLimits(context);
        if (enough) return true;
        Interlocked.Increment(ref _refused);
        headers.RetryAfter = Seconds(Math.Min(cost, policy.Quota) - left).ToString(CultureInfo.InvariantCulture);
        Reply.Problem(context, ProblemKind.QuotaExceeded);
        return false;
    }

    /// <summary>Whole seconds in which tokens come back, at least 1.</summary>
    private long Seconds(long tokens) => Math.Max(1, ((tokens * policy.TokenTicks) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
}
