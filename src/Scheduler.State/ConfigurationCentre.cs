using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>
/// Holds the present configuration and is the only way to change it. A change is persisted first, then applied, then answered: who is told that a
/// drain stands can rely on the next decision obeying it.
/// </summary>
/// <param name="revisions">The history.</param>
/// <param name="numbers">Gives the numbers of new sites and nodes.</param>
/// <param name="codec">Turns parts into documents.</param>
/// <param name="clock">Dates revisions.</param>
/// <param name="applied">Called with every configuration that becomes the present one, one call at a time, before the change is answered.</param>
public sealed class ConfigurationCentre(
    IRevisionStore revisions,
    INumberStore numbers,
    IConfigurationCodec codec,
    TimeProvider clock,
    Action<Configuration> applied) : IDisposable
{
    /// <summary>Author of the changes that no one ordered, such as the end of an expired drain.</summary>
    public const string SchedulerAuthor = "scheduler";

    /// <summary>How often a change without a condition is tried again after another writer was first.</summary>
    private const int MostAttempts = 16;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Held _held = new(Configuration.Empty, ConfigurationDocuments.Of(Configuration.Empty, codec), ConfirmedAt: null);

    /// <summary>Set while an append has neither succeeded nor failed for certain: the store is asked before anything builds upon memory.</summary>
    private volatile bool _inDoubt;

    /// <summary>The present configuration: <see cref="Configuration.Empty"/> until <see cref="LoadAsync"/> or <see cref="RestoreAsync"/> has returned.</summary>
    public Configuration Current => _held.Configuration;

    /// <summary>When the store last said that <see cref="Current"/> is the newest; null before it was reached for the first time.</summary>
    public DateTimeOffset? ConfirmedAt => _held.ConfirmedAt;

    /// <summary>True while the store may hold more than <see cref="Current"/>: it could not be asked since the start, or the answer to a change was lost.</summary>
    public bool IsInDoubt => _inDoubt;

    /// <summary>The present configuration in the form in which it is stored; null while there is no revision.</summary>
    public StoredConfiguration? Stored => _held is { Configuration.Revision: > 0, ConfirmedAt: { } at } held
        ? new StoredConfiguration(held.Configuration.Revision, held.Documents.ByName(), at)
        : null;

    /// <summary>Takes the newest revision of the store for the present; does nothing when it is the present already.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The present configuration.</returns>
    /// <exception cref="InvalidDataException">The stored state cannot be read.</exception>
    public async ValueTask<Configuration> LoadAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await ReloadAsync(cancellation);
            return Current;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Takes for the present what was kept beside the store, when the store cannot be reached at the start. The store is asked before anything builds upon it.
    /// </summary>
    /// <param name="kept">What <see cref="Stored"/> gave in an earlier process.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    /// <exception cref="IOException">The numbers of its sites and nodes are not known without the store.</exception>
    public async ValueTask RestoreAsync(StoredConfiguration kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kept);
        await _gate.WaitAsync(cancellation);
        try
        {
            _inDoubt = true;
            ConfigurationDocuments documents = ConfigurationDocuments.Of(kept.Revision, kept.Documents, codec);
            Configuration configuration = Decode(kept.Revision, documents);
            Apply(configuration with { Numbers = await NumberAsync(configuration.Fleet, cancellation) }, documents, kept.ConfirmedAt);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Changes the configuration; changes are carried out one after the other.</summary>
    /// <param name="change">
    /// Shown the present, says what to make of it. Pure: it is called again, with the newer present, when another writer was first.
    /// </param>
    /// <param name="order">Who, why, and upon what.</param>
    /// <param name="cancellation">Ends the wait for earlier changes; once the write has begun, the change is carried to its end.</param>
    public async ValueTask<ChangeResult> ChangeAsync(
        Func<Configuration, ConfigurationEdit> change,
        ChangeOrder order,
        CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            // The store is asked first when memory may lag behind it: after a lost answer, or when the caller has seen another revision.
            if (_inDoubt || (order.IfMatch is { } seen && seen != Current.Revision))
            {
                await ReloadAsync(cancellation);
            }

            for (int attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (await TryChangeAsync(change, order, cancellation) is { } result) return result;
                await ReloadAsync(cancellation);
            }

            return new ChangeResult.Lost(Current);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Ends the drains that have expired, in one revision by <see cref="SchedulerAuthor"/>; costs nothing while none has. Called regularly, it
    /// also clears up what became of a change whose answer from the store was lost.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends the wait for earlier changes.</param>
    /// <param name="fence">Fence of the lease by which this replica leads; null for one that is alone.</param>
    /// <returns>How many drains ended; 0 when none had expired, or another replica leads by now.</returns>
    public async ValueTask<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellation, long? fence = null)
    {
        if (_inDoubt) await LoadAsync(cancellation);
        ImmutableArray<Drain> expired = Expired(Current, now);
        if (expired.IsEmpty) return 0;

        // An operator may end one of them meanwhile; the words are for people, the edit decides anew upon what it is shown.
        string ids = string.Join(", ", expired.Select(drain => drain.Id));
        string reason = expired.Length == 1 ? $"drain {ids} expired" : $"drains {ids} expired";
        int ended = 0;
        ChangeResult result = await ChangeAsync(
            present =>
            {
                ImmutableArray<Drain> left = present.Drains.RemoveAll(drain => !drain.HoldsAt(now));
                ended = present.Drains.Length - left.Length;
                return new ConfigurationEdit.Replace(RevisionKind.Expiry, Drains: left);
            },
            new ChangeOrder(SchedulerAuthor, reason) { Fence = fence },
            cancellation);
        return result is ChangeResult.Committed ? ended : 0;
    }

    /// <summary>The state as of a revision; null when there is none of that number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The stored state cannot be read.</exception>
    public async ValueTask<RevisionContent?> ReadAsync(long number, CancellationToken cancellation)
    {
        if (await revisions.ReadAsync(number, cancellation) is not { } stored) return null;
        Configuration then = Decode(number, ConfigurationDocuments.Of(number, stored.Documents, codec));
        return new RevisionContent(stored.Revision, then.Fleet, then.Overrides, then.Drains) { Policy = then.Policy, Zones = then.Zones };
    }

    /// <summary>
    /// The revision that the very same request made before, applied by now; null when it made none, or its key was used with another body.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Revision?> FindAsync(RequestMark request, CancellationToken cancellation)
    {
        Revision? earlier = await revisions.FindByRequestAsync(request.Key, cancellation);
        if (earlier is null || earlier.Request != request) return null;

        // Its answer may have been lost, or another replica made it: whoever hears of it must be able to rely on it.
        if (earlier.Number > Current.Revision) await LoadAsync(cancellation);
        return earlier;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static ImmutableArray<Drain> Expired(Configuration configuration, DateTimeOffset now)
    {
        foreach (Drain drain in configuration.Drains)
        {
            if (!drain.HoldsAt(now)) return configuration.Drains.RemoveAll(other => other.HoldsAt(now));
        }

        return [];
    }

    /// <summary>One attempt; null when another writer was first.</summary>
    private async ValueTask<ChangeResult?> TryChangeAsync(
        Func<Configuration, ConfigurationEdit> change,
        ChangeOrder order,
        CancellationToken cancellation)
    {
        Configuration present = Current;
        if (order.Request is { } request && await revisions.FindByRequestAsync(request.Key, cancellation) is { } earlier)
        {
            if (earlier.Number > present.Revision) await ReloadAsync(cancellation);
            return earlier.Request == request
                ? new ChangeResult.Replayed(earlier)
                : new ChangeResult.Refused(ConfigurationRefusal.Of(
                    ConfigurationRefusalKind.RequestKeyReused,
                    "Idempotency-Key",
                    $"the key was used before, for another body, by revision {earlier.Number}"));
        }

        if (order.IfMatch is { } seen && seen != present.Revision) return new ChangeResult.Lost(present);
        ConfigurationEdit edit = change(present);
        if (edit is ConfigurationEdit.Refuse refused) return new ChangeResult.Refused(refused.Refusal);

        var replace = (ConfigurationEdit.Replace)edit;
        ConfigurationDocuments before = _held.Documents, documents = before.After(replace, codec);
        Fleet fleet = replace.Fleet ?? present.Fleet;
        if (order.IsDryRun)
        {
            var after = new Configuration(
                present.Revision, fleet, replace.Overrides ?? present.Overrides, replace.Drains ?? present.Drains, FleetNumbers.Foresee(present, fleet));
            return new ChangeResult.Foreseen(present, after, before.ByName(), documents.ByName());
        }

        if (documents.Same(before)) return new ChangeResult.Committed(present);

        FleetNumbers fleetNumbers = replace.Fleet is null ? present.Numbers : await NumberAsync(fleet, cancellation);
        string reason = replace.Note is { } note ? $"{order.Reason} ({note})" : order.Reason;
        var draft = new RevisionDraft(clock.GetUtcNow(), order.Author, reason, replace.Kind, order.Request, documents.ByName()) { Fence = order.Fence };
        AppendResult append = await AppendAsync(draft, present.Revision);
        if (append.IsFenced) return new ChangeResult.Lost(present);
        if (!append.Appended) return null;

        var next = new Configuration(
            append.Newest, fleet, replace.Overrides ?? present.Overrides, replace.Drains ?? present.Drains, fleetNumbers)
        {
            Policy = replace.Policy ?? present.Policy,
            Zones = replace.Zones ?? present.Zones,
        };
        Apply(next, documents, clock.GetUtcNow());
        return new ChangeResult.Committed(next);
    }

    private async ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest)
    {
        _inDoubt = true; // an exception leaves it set: the append may have happened although its answer was lost
        AppendResult result = await revisions.AppendAsync(draft, expectedNewest, CancellationToken.None);
        _inDoubt = false;
        return result;
    }

    private async ValueTask ReloadAsync(CancellationToken cancellation)
    {
        // Asked every second where the store is shared: whole documents are read only when there is something new in them.
        if (!_inDoubt && await revisions.ReadNewestNumberAsync(cancellation) == Current.Revision)
        {
            _held = _held with { ConfirmedAt = clock.GetUtcNow() };
            return;
        }

        StoredRevision? newest = await revisions.ReadNewestAsync(cancellation);
        if (newest is null && Current.Revision > 0)
            throw new IOException($"The store holds no revision, but revision {Current.Revision} is in force here: it is another store, or its data are gone. What is in force stays.");
        DateTimeOffset now = clock.GetUtcNow();
        // What was restored is compared by its documents too: the store may have been put back to an earlier state, and gone on from there.
        if (newest is null || (newest.Revision.Number == Current.Revision && (!_inDoubt || Same(newest))))
        {
            _held = _held with { ConfirmedAt = now };
        }
        else
        {
            ConfigurationDocuments documents = ConfigurationDocuments.Of(newest.Revision.Number, newest.Documents, codec);
            Configuration configuration = Decode(newest.Revision.Number, documents);
            Apply(configuration with { Numbers = await NumberAsync(configuration.Fleet, cancellation) }, documents, now);
        }

        _inDoubt = false;
    }

    private bool Same(StoredRevision stored) => ConfigurationDocuments.Of(stored.Revision.Number, stored.Documents, codec).Same(_held.Documents);

    private void Apply(Configuration configuration, ConfigurationDocuments documents, DateTimeOffset confirmedAt)
    {
        _held = new Held(configuration, documents, confirmedAt);
        applied(configuration);
    }

    /// <summary>Reads the documents of a revision; the numbers are the caller's to add.</summary>
    private Configuration Decode(long revision, ConfigurationDocuments documents) => new(
        revision,
        codec.ReadFleet(documents.Fleet.Content),
        codec.ReadOverrides(documents.Overrides.Content),
        codec.ReadDrains(documents.Drains.Content),
        Configuration.Empty.Numbers)
    {
        Policy = codec.ReadPolicy(documents.Policy.Content),
        Zones = codec.ReadZones(documents.Zones.Content),
    };

    private async ValueTask<FleetNumbers> NumberAsync(Fleet fleet, CancellationToken cancellation)
    {
        int[] sites = await numbers.NumberAsync(NumberKind.Site, [.. fleet.Sites.Select(site => site.Id)], cancellation);
        int[] nodes = await numbers.NumberAsync(NumberKind.Node, [.. fleet.Nodes.Select(node => node.Id)], cancellation);
        return new FleetNumbers([.. sites], [.. nodes]);
    }

    /// <summary>What is in force, and how it is stored: replaced as one, so that nobody sees half a change.</summary>
    private sealed record Held(Configuration Configuration, ConfigurationDocuments Documents, DateTimeOffset? ConfirmedAt);
}
