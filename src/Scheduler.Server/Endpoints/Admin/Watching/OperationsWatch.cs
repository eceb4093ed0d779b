using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Drains;

namespace Scheduler.Server.Endpoints.Admin.Watching;

/// <summary>Looks once a second at drains and degraded modes, and tells those who follow what has become different.</summary>
/// <param name="drains">The drains.</param>
/// <param name="readiness">Tells the degraded modes.</param>
/// <param name="centre">The configuration.</param>
/// <param name="clock">The time.</param>
/// <param name="feed">Where it is told.</param>
internal sealed class OperationsWatch(DrainLoop drains, Readiness readiness, ConfigurationCentre centre, SchedulerClock clock, OperationsFeed feed)
{
    /// <summary>Least time between two words about a drain that goes on as before, ms.</summary>
    private const long ProgressMs = 5_000;

    private readonly Dictionary<string, Told> _drains = [];
    private Dictionary<string, string> _modes = [];

    private sealed record Told(DrainProgress Progress, long AtMs);

    /// <summary>Looks and tells; called by one thread.</summary>
    public void Look()
    {
        foreach (string gone in _drains.Keys.Where(id => drains.Find(id) is null).ToArray()) TellEnd(gone);
        foreach (DrainProgress progress in drains.Progress)
        {
            if (_drains.TryGetValue(progress.Drain.Id, out Told? before) && !IsNews(before, progress)) continue;
            _drains[progress.Drain.Id] = new Told(progress, clock.NowMs);
            Tell(Message(progress));
        }
        TellModes();
    }

    private bool IsNews(Told before, DrainProgress now) =>
        before.Progress.Phase != now.Phase || before.Progress.Paused != now.Paused || DrainWords.Waiting(before.Progress) != DrainWords.Waiting(now)
        || (clock.NowMs - before.AtMs >= ProgressMs
            && (before.Progress.Admitting, before.Progress.SessionsLeft, before.Progress.Moved) != (now.Admitting, now.SessionsLeft, now.Moved));

    private void TellEnd(string id)
    {
        _drains.Remove(id, out Told? last);
        DrainProgress progress = last!.Progress;
        DrainPhase phase = progress.Drain.HoldsAt(clock.UtcNow) ? DrainPhase.Cancelled : DrainPhase.Expired;
        if (progress.Phase == DrainPhase.Expired) return; // that was told when it happened
        Tell(Message(progress) with { State = "ended", Phase = DrainMessages.Name(phase), Paused = null, Receivers = null, Eta = null });
    }

    private DrainMessage Message(DrainProgress progress) =>
        DrainMessages.Of(progress.Drain, centre.Current.Fleet, clock.UtcNow).With(progress, clock.UtcNow);

    private void Tell(DrainMessage drain) => feed.Tell(
        centre.Current.Revision, "drain",
        JsonSerializer.Serialize(new DrainEventMessage(clock.UtcNow, centre.Current.Revision, drain), AdminJson.Wire.DrainEventMessage));

    private void TellModes()
    {
        var now = new Dictionary<string, string>();
        foreach (string mode in readiness.Degraded())
        {
            string name = mode.Split(':', 2)[0], detail = mode[Math.Min(mode.Length, name.Length + 2)..];
            now[name] = now.TryGetValue(name, out string? other) ? $"{other}; {detail}" : detail;
        }
        foreach ((string mode, string detail) in now)
            if (!_modes.ContainsKey(mode)) Tell(mode, true, detail);
        foreach (string mode in _modes.Keys)
            if (!now.ContainsKey(mode)) Tell(mode, false, null);
        _modes = now;
    }

    private void Tell(string mode, bool holds, string? detail) => feed.Tell(
        centre.Current.Revision, "degraded",
        JsonSerializer.Serialize(new DegradedEventMessage(clock.UtcNow, centre.Current.Revision, mode, holds, detail), AdminJson.Wire.DegradedEventMessage));
}
