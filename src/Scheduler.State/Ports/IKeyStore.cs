using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>Keys of callers, as hashes. Keys are added and revoked, never deleted, so that an author can always be traced.</summary>
public interface IKeyStore
{
    /// <summary>Every key that was ever made, in the order in which they were added.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a key.</summary>
    /// <param name="key">A key that is not revoked.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>False, and nothing written, when its id, its request or the name of a holding key is taken.</returns>
    ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellation);

    /// <summary>Revokes a key.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Name of the key that revokes it.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>False, and nothing written, when there is no such key or it is revoked already.</returns>
    ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation);
}
