using System.Collections.Immutable;
using Scheduler.Core.Drains;

namespace Scheduler.State.Drains;

/// <summary>Local drains that no revision is known to hold yet, by id.</summary>
public sealed record LocalDrainSet
{
    private readonly ImmutableSortedDictionary<string, LocalDrain> _byId;

    private LocalDrainSet(ImmutableSortedDictionary<string, LocalDrain> byId) => _byId = byId;

    /// <summary>None.</summary>
    public static LocalDrainSet Empty { get; } = new(ImmutableSortedDictionary.Create<string, LocalDrain>(StringComparer.Ordinal));

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _byId.IsEmpty;

    /// <summary>All of them, cancelled ones too, in the order of their ids.</summary>
    public IEnumerable<LocalDrain> All => _byId.Values;

    /// <summary>The drain of an id; null when there is none.</summary>
    /// <param name="id">The id.</param>
    public LocalDrain? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>This set with one more, or with what is new about one that is there.</summary>
    /// <param name="drain">The drain.</param>
    /// <returns>This very set when it tells nothing new.</returns>
    public LocalDrainSet With(LocalDrain drain)
    {
        ArgumentNullException.ThrowIfNull(drain);
        LocalDrain joined = Find(drain.Drain.Id)?.Join(drain) ?? drain;
        return Find(drain.Drain.Id) == joined ? this : new LocalDrainSet(_byId.SetItem(drain.Drain.Id, joined));
    }

    /// <summary>This set without one.</summary>
    /// <param name="id">Its id.</param>
    public LocalDrainSet Without(string id) => _byId.ContainsKey(id) ? new LocalDrainSet(_byId.Remove(id)) : this;

    /// <summary>
    /// What is to be obeyed when both a revision and this set speak: the drains of the revision but those that were cancelled here, then those that were taken here and
    /// still hold.
    /// </summary>
    /// <param name="revision">The configuration as of the newest revision that is known.</param>
    /// <param name="now">The time.</param>
    /// <returns>The configuration itself when this set changes nothing about it.</returns>
    public Configuration Over(Configuration revision, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(revision);
        if (IsEmpty) return revision;
        ImmutableArray<Drain> drains = revision.Drains.RemoveAll(drain => Find(drain.Id) is { End: not null });
        foreach (LocalDrain local in All)
        {
            if (local.End is null && local.Drain.HoldsAt(now) && drains.All(drain => drain.Id != local.Drain.Id)) drains = drains.Add(local.Drain);
        }

        return drains.SequenceEqual(revision.Drains) ? revision : revision with { Drains = drains };
    }
}
