using Npgsql;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Postgres;

/// <summary>
/// Hears the notices that the triggers of the schema send, over a connection of its own. A server that is gone without a word does not close it: after two seconds
/// of silence the server is asked to answer.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class PostgresChangeFeed(PostgresDatabase database) : IChangeFeed
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task ListenAsync(Action<StoreChange> heard, CancellationToken cancellation)
    {
        try
        {
            await database.PrepareAsync(cancellation);
            await using NpgsqlConnection connection = await database.Source.OpenConnectionAsync(cancellation);
            connection.Notification += (_, notice) => heard(ChangeOf(notice.Payload));
            await using var listen = new NpgsqlCommand("LISTEN scheduler", connection);
            await listen.ExecuteNonQueryAsync(cancellation);
            await using var answer = new NpgsqlCommand("SELECT 1", connection);
            while (true)
            {
                if (!await connection.WaitAsync(Silence, cancellation)) await answer.ExecuteNonQueryAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (Exception cause) when (PostgresFault.IsOfStore(cause))
        {
            throw PostgresFault.Told(cause);
        }
    }

    /// <summary>What a notice is about; all of it for a notice of another version.</summary>
    private static StoreChange ChangeOf(string payload) =>
        Enum.TryParse(payload, out StoreChange change) ? change : StoreChange.Revisions | StoreChange.Keys | StoreChange.Members;
}
