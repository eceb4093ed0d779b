using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Decides whether a drain may begin upon a configuration, and what the configuration then is.</summary>
internal sealed class DrainJudge(DrainDesk desk)
{
    /// <summary>The edit that begins a drain, or its refusal.</summary>
    /// <param name="present">The configuration that the edit builds on.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="id">Id of the new drain.</param>
    /// <param name="author">Who asks.</param>
    /// <param name="now">The time.</param>
    /// <param name="refused">The answer, where a guard refuses with numbers; null otherwise.</param>
    public ConfigurationEdit Start(Configuration present, DrainRequest request, string id, string author, DateTimeOffset now, out IResult? refused)
    {
        refused = null;
        if (DrainTargets.FindFault(present.Fleet, request.Target) is { } fault)
        {
            return new ConfigurationEdit.Refuse(ConfigurationRefusal.Of(ConfigurationRefusalKind.Invalid, "target", fault));
        }

        if (present.Drains.FirstOrDefault(drain => drain.Target == request.Target && drain.HoldsAt(now)) is { } existing)
        {
            return Taken(existing.Id);
        }

        var drain = new Drain(id, request.Target, request.Reason, author, now, request.ExpiresAt)
        {
            StartsAt = request.StartsAt ?? now,
            Ramp = request.Ramp,
            Deadline = request.Deadline,
        };
        ImmutableArray<Drain> after = present.Drains.Add(drain);
        if (ServingGuard.Refusal(present with { Drains = after }, "target", request.Force, now) is { } refusal) return refusal;

        // Solved here, upon the configuration that the change builds on, and no earlier: what was previewed may have come true for another drain.
        DrainVerdict verdict = desk.Judge(present, request.Target, drain.StartsAt, request.ExpiresAt);
        if (Refusal(request, verdict) is { } why)
        {
            DrainPreviewMessage? preview = verdict.Outlook is { } outlook ? DrainPreviews.Of(outlook, request.Target, request.ExpiresAt, id: null) : null;
            refused = Problem.DrainRefused(why, verdict.Refusals, preview);
            return new ConfigurationEdit.Refuse(new ConfigurationRefusal(ConfigurationRefusalKind.Conflict, why, []));
        }
        string? note = verdict.Refusals.IsEmpty ? null : $"forced past {verdict.Guards}: {verdict.Words}";
        return new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: after, Note: note);
    }

    /// <summary>The refusal where another drain holds for the same target.</summary>
    /// <param name="id">Its id.</param>
    public static ConfigurationEdit.Refuse Taken(string id) =>
        new(ConfigurationRefusal.Of(ConfigurationRefusalKind.Conflict, "target", $"drain {id} holds for the same target", id));

    /// <summary>Why a verdict keeps a drain from being made, as a sentence; null when it does not.</summary>
    private static string? Refusal(DrainRequest request, DrainVerdict verdict) =>
        request.Shown?.IsWorse(verdict) == true ? $"It is worse than preview {request.Shown.Id} showed: {verdict.Words}. Nothing was changed; look at the numbers, then ask again."
        : verdict.Refusals.IsEmpty || request.Force ? null
        : $"{char.ToUpperInvariant(verdict.Words[0])}{verdict.Words[1..]}. Send \"force\": true to drain all the same; the revision will tell.";
}
