using System.Runtime.CompilerServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;

namespace Scheduler.Core.Dispatch;

/// <summary>The score of a site for one session, in ms-equivalents; lower is better: <c>a + extra + m(u) + (warm ? 0 : kappa)</c>.</summary>
internal static class SiteScore
{
    /// <summary>The load price of a site at this moment: the marginal penalty at reported load plus what was assigned since.</summary>
    /// <param name="ledger">The site's live numbers.</param>
    /// <param name="penalty">The price function.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LoadPrice(in SiteLedger ledger, in LoadPenalty penalty) =>
        penalty.Marginal(Math.Max(0, ledger.Assigned + ledger.Offset) * ledger.InverseCapacity);
}
