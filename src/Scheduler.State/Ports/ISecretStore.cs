using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>The secrets that all replicas share. The newest one signs; the older ones verify until what they signed has expired.</summary>
public interface ISecretStore
{
    /// <summary>Every secret, the newest first; the candidate becomes the first one when there is none yet.</summary>
    /// <param name="candidate">32 random bytes, stored only when the store has no secret.</param>
    /// <param name="now">When the candidate was made.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Adds a secret, which becomes the newest.</summary>
    /// <param name="secret">32 random bytes.</param>
    /// <param name="now">When it was made.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>The secret with its id; null, and nothing written, when all 255 ids are taken.</returns>
    ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Forgets a secret whose tokens have all expired. Its id is not given again while a newer one is kept.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>False, and nothing written, when there is no such secret or it is the newest.</returns>
    ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation);
}
