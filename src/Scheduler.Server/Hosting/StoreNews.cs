using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>Passes what others changed in a shared store on to those who wait for it. Where the store is not shared nobody ever tells anything.</summary>
public sealed class StoreNews(TimeProvider time)
{
    private ImmutableArray<StoreNewsReader> _readers = [];

    /// <summary>A reader of his own for one who waits; to be disposed of.</summary>
    /// <param name="interest">What is worth waking for.</param>
    /// <param name="interval">When to wake anyway: news may be lost.</param>
    public StoreNewsReader Subscribe(StoreChange interest, TimeSpan interval)
    {
        var reader = new StoreNewsReader(interest, interval, time, left => ImmutableInterlocked.Update(ref _readers, (readers, gone) => readers.Remove(gone), left));
        ImmutableInterlocked.Update(ref _readers, (readers, added) => readers.Add(added), reader);
        return reader;
    }

    /// <summary>Wakes those whom a change concerns. Returns at once.</summary>
    /// <param name="change">What may have changed.</param>
    public void Tell(StoreChange change)
    {
        foreach (StoreNewsReader reader in _readers) reader.Hear(change);
    }
}
