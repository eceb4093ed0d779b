using System.Net;
using Scheduler.Core.Geo;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>Holds those who try keys to 20 tries from one network, of which one comes back each second: keys have 190 bits, so this spares the log and the hashing.</summary>
internal sealed class SignInGate(RateLimitOptions networks, TimeProvider time)
{
    private static readonly RatePolicy Policy = new("sign_in", perS: 1, windowS: 20);

    private readonly RateTable _tries = new(Policy);
    private readonly CallerHash _hash = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Counts a try; false when it is one too many.</summary>
    public bool Admits(HttpContext context)
    {
        IpKey address = IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any);
        return _tries.TryTake(_hash.Of(address, networks.PrefixV4, networks.PrefixV6), time.GetElapsedTime(_start).Ticks, 1, out _);
    }
}
