using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Stands before the handlers: lets calls in while there is no pressure, at the cost of one read, and else refuses the share of their class, before
/// the key is looked at and the body is read.
/// </summary>
/// <param name="pacer">Holds refusals back.</param>
internal sealed class AdmissionGate(RefusalPacer pacer)
{
    /// <summary>Seconds after which a refused caller should ask again.</summary>
    private static readonly StringValues RetryAfterS = "2";

    /// <summary>
    /// Of a thousand calls of a class this many are refused at most: where the delay is not of our making, as beside a greedy neighbour, refusing
    /// everything would not end it.
    /// </summary>
    private const int MostPerMille = 950;

    private readonly long[] _asked = new long[Enum.GetValues<CallClass>().Length];
    private readonly long[] _refused = new long[Enum.GetValues<CallClass>().Length];
    private int _pressurePerMille;

    /// <summary>The pressure, thousandths; see <see cref="OverloadController"/>.</summary>
    public int PressurePerMille
    {
        get => Volatile.Read(ref _pressurePerMille);
        set => Volatile.Write(ref _pressurePerMille, value);
    }

    /// <summary>Refused so far, by class.</summary>
    public long Refused(CallClass call) => Volatile.Read(ref _refused[(int)call]);

    /// <summary>A handler that answers only what the gate lets in.</summary>
    public RequestDelegate Guard(CallClass call, RequestDelegate handler) => context => Admits(call) ? handler(context) : RefuseAsync(context, call);

    /// <summary>True when the next call of a class is let in. Of a thousand calls exactly the refused share are not, spread evenly.</summary>
    internal bool Admits(CallClass call)
    {
        int share = PressurePerMille - (1_000 * (int)call);
        if (share <= 0) return true;
        share = Math.Min(share, MostPerMille);
        long before = Interlocked.Increment(ref _asked[(int)call]) - 1;
        return before * share / 1_000 == (before + 1) * share / 1_000;
    }

    private async Task RefuseAsync(HttpContext context, CallClass call)
    {
        Interlocked.Increment(ref _refused[(int)call]);
        await pacer.Join();
        IHeaderDictionary headers = context.Response.Headers;
        headers.RetryAfter = RetryAfterS;
        CrossOrigin.Open(context);
        CrossOrigin.ShowLimits(context);
        Reply.Problem(context, ProblemKind.Overloaded);
    }
}
