using System.Collections.Immutable;
using System.Security.Cryptography;
using Scheduler.Core.Drains;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>
/// Remembers the verdicts of the latest previews, so that whoever drains by one gets what he was shown or is told. In memory: after a restart, or at another
/// replica, a preview is unknown and is asked for again.
/// </summary>
internal sealed class PreviewBook(TimeProvider clock)
{
    /// <summary>How long a preview is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Most previews that are remembered; the oldest are forgotten first.</summary>
    public const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Entry> _entries = new();

    /// <summary>Remembers a verdict.</summary>
    /// <returns>Its id: <c>p-</c> and 16 hexadecimal digits.</returns>
    public string Add(DrainTarget target, DrainVerdict verdict)
    {
        string id = "p-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var entry = new Entry(id, target, [.. verdict.Refusals.Select(refusal => refusal.Kind)], verdict.ShortMbps, clock.GetTimestamp());
        lock (_gate)
        {
            if (_entries.Count == Most) _entries.Dequeue();
            _entries.Enqueue(entry);
        }
        return id;
    }

    /// <summary>A remembered preview; null when there is none of that id, or it is too old.</summary>
    public Entry? Find(string id)
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries)
                if (entry.Id == id && clock.GetElapsedTime(entry.At) < Lifetime) return entry;
        }
        return null;
    }

    /// <summary>What was shown.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Target">What would be drained.</param>
    /// <param name="Refused">The guards that refused it.</param>
    /// <param name="ShortMbps">Demand that it would have left without capacity, Mbit/s.</param>
    /// <param name="At">Timestamp of the clock.</param>
    internal sealed record Entry(string Id, DrainTarget Target, ImmutableArray<DrainRefusalKind> Refused, double ShortMbps, long At)
    {
        /// <summary>A shortage is worse once it has grown by a twentieth: less is the demand of another second.</summary>
        private const double Worse = 1.05;

        /// <summary>True when a verdict is worse than what was shown.</summary>
        public bool IsWorse(DrainVerdict now) => now.Refusals.Any(refusal => !Refused.Contains(refusal.Kind)) || now.ShortMbps > ShortMbps * Worse;
    }
}
