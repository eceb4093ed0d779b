using Scheduler.Core.Drains;
using Scheduler.State.Drains;

namespace Scheduler.Server.Hosting;

/// <summary>Tells the log when a drain comes into another phase.</summary>
/// <param name="drains">The drains.</param>
/// <param name="log">The log.</param>
public sealed partial class DrainNews(DrainLoop drains, ILogger<DrainNews> log)
{
    private readonly Dictionary<string, DrainPhase> _told = [];

    /// <summary>Looks at every drain; called on each control tick.</summary>
    public void Tell()
    {
        if (_told.Count == 0 && drains.Progress.IsEmpty) return;
        foreach (string gone in _told.Keys.Where(id => drains.Find(id) is null).ToArray())
        {
            _told.Remove(gone);
            Ended(gone);
        }
        foreach (DrainProgress progress in drains.Progress)
        {
            DrainPhase? before = _told.TryGetValue(progress.Drain.Id, out DrainPhase told) ? told : null;
            if (before == progress.Phase) continue;
            _told[progress.Drain.Id] = progress.Phase;
            if (progress.Phase == DrainPhase.Paused) Paused(progress.Drain.Id, progress.Paused, progress.PausedBy, progress.SessionsLeft);
            else Entered(progress.Drain.Id, progress.Phase, progress.Drain.Target.Value, progress.SessionsLeft);
        }
    }

    [LoggerMessage(EventId = 170, Level = LogLevel.Information, Message = "Drain {Drain} of {Target} is {Phase}; sessions left: {Sessions}")]
    private partial void Entered(string drain, DrainPhase phase, string target, long sessions);

    [LoggerMessage(EventId = 171, Level = LogLevel.Warning, Message = "Drain {Drain} is paused: {Cause} {Site}; sessions left: {Sessions}")]
    private partial void Paused(string drain, DrainPause? cause, string? site, long sessions);

    [LoggerMessage(EventId = 172, Level = LogLevel.Information, Message = "Drain {Drain} is over: its target comes back by slow start")]
    private partial void Ended(string drain);
}
