using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Stands before the handlers: lets calls in while there is no pressure, at the cost of one read, and else refuses the share of their class, before
/// the key is looked at and the body is read.
/// </summary>
/// <remarks>
/// A few calls a second are let in at any pressure: what is busy may be a neighbour on the machine, and then to refuse more would not help.
/// </remarks>
/// <param name="pacer">Holds refusals back.</param>
/// <param name="leastPerS">Calls of each class that are let in at any pressure, a second.</param>
internal sealed class AdmissionGate(RefusalPacer pacer, int leastPerS)
{
    /// <summary>Seconds after which a refused caller should ask again.</summary>
    private static readonly StringValues RetryAfterS = "2";

    private readonly long[] _asked = new long[Enum.GetValues<CallClass>().Length];
    private readonly long[] _refused = new long[Enum.GetValues<CallClass>().Length];
    private readonly double[] _allowance = [.. Enum.GetValues<CallClass>().Select(_ => (double)leastPerS)];
    private readonly Lock _gate = new();
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

    /// <summary>True when the next call of a class is let in. Of a thousand calls exactly the refused share are not, spread evenly, but for the allowance.</summary>
    internal bool Admits(CallClass call)
    {
        int share = PressurePerMille - (1_000 * (int)call);
        if (share <= 0) return true;
        long before = Interlocked.Increment(ref _asked[(int)call]) - 1;
        share = Math.Min(share, 1_000);
        return before * share / 1_000 == (before + 1) * share / 1_000 || TakeAllowance(call);
    }

    /// <summary>Time passes: what is let in at any pressure comes back, up to what a second allows.</summary>
    internal void Refill(TimeSpan passed)
    {
        lock (_gate)
            for (int i = 0; i < _allowance.Length; i++) _allowance[i] = Math.Min(leastPerS, _allowance[i] + (leastPerS * passed.TotalSeconds));
    }

    private bool TakeAllowance(CallClass call)
    {
        lock (_gate)
        {
            if (_allowance[(int)call] < 1) return false;
            _allowance[(int)call]--;
            return true;
        }
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
