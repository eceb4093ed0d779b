using System.Net;
using Scheduler.Core.Geo;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Who is held to which limit. A publishable key is in millions of hands, so its callers are told apart by the network they call from, as are callers
/// without a key that holds; all others are told by their key. Callers that need no key (demo mode) are not limited.
/// </summary>
internal sealed class RateLimits
{
    private readonly CallerHash _hash = new();
    private readonly int _prefixV4;
    private readonly int _prefixV6;
    private readonly RateLimiter? _network;
    private readonly RateLimiter? _backend;
    private readonly RateLimiter? _reporter;
    private readonly RateLimiter? _admin;

    /// <summary>The limits of the options.</summary>
    public RateLimits(RateLimitOptions options, TimeProvider time)
    {
        (_prefixV4, _prefixV6) = (options.PrefixV4, options.PrefixV6);
        _network = Limiter("network", options.NetworkPerS);
        _backend = Limiter("backend", options.BackendPerS);
        _reporter = Limiter("reporter", options.ReporterPerS);
        _admin = Limiter("admin", options.AdminPerS);

        RateLimiter? Limiter(string name, int perS) => perS == 0 ? null : new RateLimiter(new RatePolicy(name, perS, options.WindowS), time);
    }

    /// <summary>Those that are on.</summary>
    public IEnumerable<RateLimiter> All => new[] { _network, _backend, _reporter, _admin }.OfType<RateLimiter>();

    /// <summary>Counts a player's call; when it is one too many the answer is written and false given.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cost">Sessions that it asks for, at least 1.</param>
    public bool AdmitsPlayer(HttpContext context, Caller caller, int cost = 1) => Admits(context, caller, _backend, cost);

    /// <summary>Counts a player's call that is answered even when it is one too many, and tells whether it is not.</summary>
    public bool LetsIn(HttpContext context, Caller caller)
    {
        if (caller.Standing == CallerStanding.Demo) return true;
        if (caller.IsKnown && !caller.IsPublishable) return _backend is null || _backend.TryTake(_hash.Of(caller.Id));
        return _network is null || _network.TryTake(HashOfNetwork(context));
    }

    /// <summary>Counts a call with reports, as <see cref="AdmitsPlayer"/> does.</summary>
    public bool AdmitsReporter(HttpContext context, Caller caller) => Admits(context, caller, _reporter, 1);

    /// <summary>Counts a message with reports on a stream; the caller is known. False when it is one too many, and nothing is written.</summary>
    public bool AdmitsReportMessage(Caller caller) => caller.Standing == CallerStanding.Demo || _reporter is null || _reporter.TryTake(_hash.Of(caller.Id));

    /// <summary>Counts a call of the admin API, as <see cref="AdmitsPlayer"/> does.</summary>
    public bool AdmitsAdmin(HttpContext context, Caller caller) => Admits(context, caller, _admin, 1);

    private bool Admits(HttpContext context, Caller caller, RateLimiter? byKey, int cost)
    {
        if (caller.Standing == CallerStanding.Demo) return true;
        if (caller.IsKnown && !caller.IsPublishable) return byKey is null || byKey.TryTake(context, _hash.Of(caller.Id), cost);
        if (_network is null) return true;
        return _network.TryTake(context, HashOfNetwork(context), cost);
    }

    private ulong HashOfNetwork(HttpContext context) => _hash.Of(IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any), _prefixV4, _prefixV6);
}
