using Scheduler.Server.Hosting;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Standby;

/// <summary>Where a replica begins: at its store, or, when a shared store cannot be reached, at what it kept of it.</summary>
internal static class StoreStart
{
    /// <summary>Loads keys and secrets.</summary>
    /// <param name="stores">The stores.</param>
    /// <param name="keys">Takes the keys.</param>
    /// <param name="tokens">Takes the secrets.</param>
    /// <param name="numbers">Takes the permanent numbers, where they come from the file.</param>
    /// <param name="file">What was kept.</param>
    /// <param name="name">Name of the replica.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when the store was reached, else what to serve from.</returns>
    /// <exception cref="StartupException">The store cannot be reached, and there is nothing to serve from.</exception>
    public static async ValueTask<StandbyState?> LoadAsync(
        Stores stores, KeyRegistry keys, TokenKeys tokens, RememberedNumbers numbers, StandbyFile file, string name, DateTimeOffset now)
    {
        try
        {
            await keys.LoadAsync(CancellationToken.None);
            await tokens.LoadAsync(CancellationToken.None);
            return null;
        }
        catch (IOException fault)
        {
            // A store of this process alone is on the same disk as the file would be: none is kept for it.
            if (stores.Cluster is null) throw new StartupException($"The store cannot be read: {fault.Message}");
            switch (file.Read(name, now))
            {
                case StandbyReading.Sound { State: var state }:
                    numbers.Remember(state.Numbers);
                    keys.Restore(state.Keys);
                    Restore(tokens, state, file);
                    return Begin(state, file);
                case StandbyReading.Refused { Reason: var reason }:
                    throw new StartupException($"The store cannot be reached: {fault.Message}\nWithout it a replica starts from {file.Path}, but that {reason}.");
                default:
                    throw new InvalidOperationException("A reading is sound or refused.");
            }
        }
    }

    /// <summary>A start of its own, under the number that it had: peers must not take what it assigns now for more of what it assigned before.</summary>
    private static StandbyState Begin(StandbyState state, StandbyFile file)
    {
        StandbyState next = state with { Start = state.Start + 1 };
        try
        {
            file.Write(next); // so that the start after this one is another one again
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The keeper tells that the file cannot be written; serving is worth more than telling two starts apart.
        }
        return next;
    }

    private static void Restore(TokenKeys tokens, StandbyState state, StandbyFile file)
    {
        try
        {
            tokens.Restore(state.Secrets);
        }
        catch (InvalidDataException fault)
        {
            throw new StartupException($"The store cannot be reached, and {file.Path} cannot be served from: {fault.Message}");
        }
    }
}
