using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Stands before the handlers: lets calls in while there is no overload, at the cost of one read, and else refuses those of the classes that come
/// first, before the key is looked at and the body is read.
/// </summary>
/// <param name="hold">Holds refusals back.</param>
internal sealed class AdmissionGate(RefusalHold hold)
{
    /// <summary>Seconds after which a refused caller should ask again.</summary>
    private static readonly StringValues RetryAfterS = "2";

    private readonly long[] _refused = new long[Enum.GetValues<CallClass>().Length];
    private int _level;
    private int _calls;

    /// <summary>Classes that are refused: 0 for none, 1 new sessions, 2 beats as well, 3 reports as well.</summary>
    public int Level
    {
        get => Volatile.Read(ref _level);
        set => Volatile.Write(ref _level, value);
    }

    /// <summary>Calls that came to the gate, about: threads that count at once may count once. Wraps around.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Refused so far, by class.</summary>
    public long Refused(CallClass call) => Volatile.Read(ref _refused[(int)call]);

    /// <summary>Holds a message of a stream back while its class is refused: a stream is slowed down, not ended.</summary>
    public Task DelayAsync(CallClass call)
    {
        _calls++;
        if (Level <= (int)call) return Task.CompletedTask;
        Interlocked.Increment(ref _refused[(int)call]);
        return hold.Join();
    }

    /// <summary>A handler that answers only what the gate lets in.</summary>
    public RequestDelegate Guard(CallClass call, RequestDelegate handler) => context =>
    {
        _calls++;
        return Level <= (int)call ? handler(context) : RefuseAsync(context, call);
    };

    /// <summary>Counts a call that has an answer even when it is not let in, and tells whether it is.</summary>
    public bool LetsIn(CallClass call)
    {
        _calls++;
        if (Level <= (int)call) return true;
        Interlocked.Increment(ref _refused[(int)call]);
        return false;
    }

    private async Task RefuseAsync(HttpContext context, CallClass call)
    {
        Interlocked.Increment(ref _refused[(int)call]);
        await hold.Join();
        IHeaderDictionary headers = context.Response.Headers;
        headers.RetryAfter = RetryAfterS;
        CrossOrigin.Open(context);
        CrossOrigin.ShowLimits(context);
        Reply.Problem(context, ProblemKind.Overloaded);
    }
}
