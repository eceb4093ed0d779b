using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.State.Drains;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Drains on the wire.</summary>
internal static class DrainMessages
{
    /// <summary>A drain as it was ordered.</summary>
    /// <param name="drain">The drain.</param>
    /// <param name="fleet">The fleet in which its target is looked up.</param>
    /// <param name="now">The time.</param>
    /// <param name="revision">The revision that the call made; null where it only reads.</param>
    public static DrainMessage Of(Drain drain, Fleet fleet, DateTimeOffset now, long? revision = null) => new(
        drain.Id,
        DrainTargetReader.Message(drain.Target),
        drain.Reason,
        drain.Author,
        drain.CreatedAt,
        drain.ExpiresAt,
        !drain.HoldsAt(now) ? "expired" : now < drain.StartsAt ? "planned" : "active",
        DrainTargets.Resolve(fleet, drain.Target).Length,
        drain.StartsAt,
        drain.Ramp.TotalSeconds,
        drain.Deadline,
        Revision: revision);

    /// <summary>The same with how far it has come.</summary>
    /// <param name="message">The drain as it was ordered.</param>
    /// <param name="progress">How far it has come; null when this replica does not carry it out yet.</param>
    /// <param name="now">The time.</param>
    public static DrainMessage With(this DrainMessage message, DrainProgress? progress, DateTimeOffset now) => progress is null ? message : message with
    {
        Phase = Name(progress.Phase),
        Admitting = Math.Round(progress.Admitting, 4),
        SessionsLeft = progress.SessionsLeft,
        LeftBps = progress.KbpsLeft * 1_000,
        PublishersLeft = progress.Feeds ? progress.PublishersLeft : null,
        PullsLeft = progress.Feeds ? progress.PullsLeft : null,
        Moved = progress.Moved,
        Paused = progress.Phase == DrainPhase.Paused && progress.Paused is { } cause ? new DrainPauseMessage(Name(cause), DrainWords.Pause(cause, progress), progress.PausedBy) : null,
        Receivers = progress is { Phase: DrainPhase.Migrating or DrainPhase.Paused, Receivers: > 0 }
            ? new DrainReceiversMessage(
                progress.Receivers, [.. progress.Waiting.Select(w => new WaitingReceiverMessage(w.Site, Name(w.Cause), Math.Round(w.Utilisation, 4)))], DrainWords.Waiting(progress))
            : null,
        RampLateS = progress.LateMs > 0 ? Math.Round(progress.LateMs / 1_000.0) : null,
        Eta = progress.EmptyInMs is { } left ? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + (left / 1_000)) : null,
    };

    /// <summary>The name of a phase.</summary>
    public static string Name(DrainPhase phase) => JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.ToString());

    private static string Name(DrainPause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());
}
