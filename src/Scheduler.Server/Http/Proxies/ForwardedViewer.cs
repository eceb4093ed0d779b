using Scheduler.Core.Geo;

namespace Scheduler.Server.Http.Proxies;

/// <summary>Who a trusted proxy says it speaks for.</summary>
/// <param name="Address">The viewer's address when it is known, else the address nearest to him that is: a trusted proxy's.</param>
/// <param name="IsKnown">True when every hop up to the viewer named an address.</param>
internal readonly record struct ForwardedViewer(IpKey Address, bool IsKnown);
