using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry;

/// <summary>What this process has done since its start. Threads count with one interlocked addition.</summary>
public sealed class Counters
{
    private readonly long[] _decisions = new long[Enum.GetValues<DispatchOutcome>().Length];
    private readonly long[] _beats = new long[Enum.GetValues<BeatAction>().Length];
    private readonly long[] _failovers = new long[Enum.GetValues<BeatAction>().Length];
    private readonly long[] _tokens = new long[Enum.GetValues<TokenVerdict>().Length];
    private long _closed;
    private long _reports;
    private long _rejectedReports;
    private long _shedReports;
    private long _unknownViewers;

    /// <summary>Sessions asked for, by outcome.</summary>
    public void Decided(DispatchOutcome outcome) => Interlocked.Increment(ref _decisions[(int)outcome]);

    /// <summary>Beats answered, by action.</summary>
    public void Beat(BeatAction action) => Interlocked.Increment(ref _beats[(int)action]);

    /// <summary>Failovers answered, by action.</summary>
    public void Failover(BeatAction action) => Interlocked.Increment(ref _failovers[(int)action]);

    /// <summary>Tokens that were not valid, by verdict.</summary>
    public void Refused(TokenVerdict verdict) => Interlocked.Increment(ref _tokens[(int)verdict]);

    /// <summary>Sessions that players closed.</summary>
    public void Closed() => Interlocked.Increment(ref _closed);

    /// <summary>Reports taken and rejected.</summary>
    public void Reported(int accepted, int rejected)
    {
        Interlocked.Add(ref _reports, accepted);
        Interlocked.Add(ref _rejectedReports, rejected);
    }

    /// <summary>Reports sent away because the writers' queues were full.</summary>
    public void Shed(int reports) => Interlocked.Add(ref _shedReports, reports);

    /// <summary>A call of a trusted proxy that did not tell the viewer's address.</summary>
    public void ViewerUnknown() => Interlocked.Increment(ref _unknownViewers);

    /// <summary>Decisions so far, by outcome.</summary>
    public long Decisions(DispatchOutcome outcome) => Volatile.Read(ref _decisions[(int)outcome]);

    /// <summary>Beats so far, by action.</summary>
    public long Beats(BeatAction action) => Volatile.Read(ref _beats[(int)action]);

    /// <summary>Failovers so far, by action.</summary>
    public long Failovers(BeatAction action) => Volatile.Read(ref _failovers[(int)action]);

    /// <summary>Refused tokens so far, by verdict.</summary>
    public long RefusedTokens(TokenVerdict verdict) => Volatile.Read(ref _tokens[(int)verdict]);

    /// <summary>Closed sessions so far.</summary>
    public long ClosedSessions => Volatile.Read(ref _closed);

    /// <summary>Reports taken so far.</summary>
    public long Reports => Volatile.Read(ref _reports);

    /// <summary>Reports rejected so far.</summary>
    public long RejectedReports => Volatile.Read(ref _rejectedReports);

    /// <summary>Reports shed so far.</summary>
    public long ShedReports => Volatile.Read(ref _shedReports);

    /// <summary>Calls of trusted proxies so far that did not tell the viewer's address.</summary>
    public long UnknownViewers => Volatile.Read(ref _unknownViewers);
}
