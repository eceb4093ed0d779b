using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Drains;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>
/// Drains that must not wait for the store (<c>"local": true</c>). They go the same way whether the store is there or not, so that nobody waits for its time-outs to learn
/// which; where it is there the revision follows within a second or two.
/// </summary>
internal sealed class LocalDrains(
    LocalDrainBook book, ConfigurationCentre centre, ConfigurationInForce inForce, DrainJudge judge, PreviewBook previews, ClusterOptions cluster, TimeProvider clock, ILogger<LocalDrains> log)
{
    private readonly Lock _gate = new();

    /// <summary>True while no revision holds a drain that is in force here.</summary>
    /// <param name="id">Its id.</param>
    public bool Holds(string id) => book.Drains.Find(id) is { End: null } && centre.Current.Drains.All(drain => drain.Id != id);

    /// <summary>The refusal of an ordinary drain whose target a local one holds already; null when none does.</summary>
    /// <param name="target">The target.</param>
    /// <param name="now">The time.</param>
    public ConfigurationEdit? Conflict(DrainTarget target, DateTimeOffset now) =>
        book.Drains.All.FirstOrDefault(known => known.End is null && known.Drain.Target == target && known.Drain.HoldsAt(now)) is { Drain.Id: var id }
            ? DrainJudge.Taken(id)
            : null;

    /// <summary>Begins a drain.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fields">Its body.</param>
    /// <param name="mark">The repeatable request that asks; null when it is none.</param>
    /// <param name="now">The time.</param>
    public IResult Start(HttpContext context, BodyFields fields, RequestMark? mark, DateTimeOffset now)
    {
        if (context.Features.Get<DryRunFeature>() is not null)
            return Problem.MalformedRequest($"A local drain cannot be tried out; POST {AdminApi.Root}/drains:preview tells what it would do.", new ProblemFieldMessage("local", "must not be true in a dry run"));
        string author = context.GetCaller().Name;

        // One at a time: two that ask for the same target must not both find it free.
        lock (_gate)
        {
            if (mark is not null && book.Drains.All.FirstOrDefault(known => known.Request?.Key == mark.Key) is { } earlier)
                return earlier.Request == mark ? Created(context, earlier.Drain, now) : Problem.RequestKeyReused($"the key was used before, for another body, by drain {earlier.Drain.Id}");
            Configuration present = inForce.Current;
            if (DrainRequest.Read(fields, present.Fleet, now, previews, out IResult? problem) is not { } request) return problem!;
            _ = context.Order(request.Reason); // the audit log is told why
            if (context.Features.Get<AuditNote>() is { } note) note.Target = request.Target.Value;

            ConfigurationEdit edit = judge.Start(present, request, DrainIds.NewLocal(now), author, now, out IResult? refused);
            if (edit is ConfigurationEdit.Refuse { Refusal: var refusal }) return refused ?? Problem.Refused(refusal);
            var replace = (ConfigurationEdit.Replace)edit;
            Drain drain = replace.Drains!.Value[^1];
            book.Take(new LocalDrain(drain, cluster.Name) { Request = mark, Note = replace.Note });
            log.TakenLocally(drain.Id, drain.Target.Value, author, drain.Reason);
            return Created(context, drain, now);
        }
    }

    /// <summary>Cancels a drain that no revision is known to hold.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Id of the drain.</param>
    /// <param name="reason">Why.</param>
    /// <param name="author">Who asks.</param>
    /// <param name="ended">The drain.</param>
    /// <returns>False when it is no such drain, or the request is a dry run.</returns>
    public bool TryEnd(HttpContext context, string id, string reason, string author, [NotNullWhen(true)] out Drain? ended)
    {
        ended = null;
        if (context.Features.Get<DryRunFeature>() is not null || book.Drains.Find(id) is not { End: null } local) return false;
        _ = context.Order(reason);
        book.Take(local with { End = new LocalDrainEnd(clock.GetUtcNow(), author, reason) });
        log.EndedLocally(id, author, reason);
        ended = local.Drain;
        return true;
    }

    private IResult Created(HttpContext context, Drain drain, DateTimeOffset now)
    {
        context.Response.Headers.Location = $"{AdminApi.Root}/drains/{drain.Id}";
        return Results.Json(DrainMessages.Of(drain, inForce.Current.Fleet, now) with { Local = true }, AdminJson.Wire.DrainMessage, statusCode: StatusCodes.Status201Created);
    }
}
