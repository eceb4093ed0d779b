using System.Globalization;
using Scheduler.Core.Drains;
using Scheduler.State.Ports;

namespace Scheduler.State.Drains;

/// <summary>
/// Puts local drains into revisions when the store is there. Each is marked by its id, and the store takes a mark once: neither a crash between the revision and the
/// journal nor several replicas that know the same drain can make two.
/// </summary>
/// <param name="centre">Where revisions are made.</param>
/// <param name="book">The local drains.</param>
/// <param name="replica">Name of this replica.</param>
/// <param name="clock">Clock; only differences count.</param>
public sealed class LocalDrainRecorder(ConfigurationCentre centre, LocalDrainBook book, string replica, SchedulerClock clock)
{
    /// <summary>How long, in ms, a replica leaves a drain to the one that took it, from when the store could be asked: that one may be gone for good.</summary>
    public const long PatienceMs = 60_000;

    private long? _reachedAtMs;

    /// <summary>Records what is not recorded yet, and forgets what is over. Called regularly; costs nothing while there is no local drain.</summary>
    /// <param name="cancellation">Ends the wait, before a write begins.</param>
    /// <exception cref="IOException">The store, or the journal, could not be reached; the next call goes on where this one was.</exception>
    public async ValueTask StepAsync(CancellationToken cancellation)
    {
        book.Expire();
        foreach (LocalDrain drain in book.Drains.All)
        {
            try
            {
                if (await RecordAsync(drain, cancellation)) book.Settle(drain);
            }
            catch (IOException)
            {
                _reachedAtMs = null;
                throw;
            }
        }
    }

    /// <summary>True once revisions tell all about a drain.</summary>
    private async ValueTask<bool> RecordAsync(LocalDrain drain, CancellationToken cancellation)
    {
        bool isRecorded = await centre.FindAsync(drain.Mark, cancellation) is not null;
        _reachedAtMs ??= clock.NowMs;
        if (!isRecorded)
        {
            // One that was cancelled before any store heard of it makes no revision; it is kept until it would have expired, for peers that have not heard of its end.
            if (drain.End is not null) return false;
            if (drain.Taker != replica && clock.NowMs - _reachedAtMs < PatienceMs) return false;
            await centre.ChangeAsync(present => Begin(present, drain), new ChangeOrder(drain.Drain.Author, drain.Drain.Reason, Request: drain.Mark), cancellation);
        }

        if (drain.End is { } end)
            await centre.ChangeAsync(present => Finish(present, drain.Drain.Id), new ChangeOrder(end.By, end.Reason, Request: drain.EndMark), cancellation);
        return true;
    }

    private static ConfigurationEdit.Replace Begin(Configuration present, LocalDrain local)
    {
        string taken = string.Create(CultureInfo.InvariantCulture, $"break-glass at {local.Taker}, {local.Drain.CreatedAt:u}");
        return new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: present.Drains.Add(local.Drain), Note: local.Note is { } note ? $"{taken}; {note}" : taken);
    }

    private static ConfigurationEdit.Replace Finish(Configuration present, string id) =>
        new(RevisionKind.Undrain, Drains: present.Drains.RemoveAll((Drain drain) => drain.Id == id));
}
