using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Scheduler.Storage.Postgres;

/// <summary>Tells the driver's failures in the store's own terms. Neither it nor the driver repeats the connection string.</summary>
internal static class PostgresFault
{
    /// <summary>True for what the server, the network or the driver did wrong.</summary>
    public static bool IsOfStore(Exception cause) =>
        cause is DbException or SocketException or TimeoutException or AuthenticationException || (cause is IOException and not StoreException);

    /// <summary>The failure for callers.</summary>
    public static StoreException Told(Exception cause) => cause switch
    {
        PostgresException refusal when IsPassing(refusal.SqlState) => new StoreUnreachableException($"The store is not available: {refusal.MessageText} ({refusal.SqlState}).", refusal),
        PostgresException refusal => new StoreException($"The store failed: {refusal.MessageText} ({refusal.SqlState}).", refusal),
        AuthenticationException => new StoreException($"The store cannot be trusted, or does not trust us: {cause.Message}", cause),
        { InnerException: TimeoutException } => new StoreUnreachableException("The store does not answer in time.", cause),
        _ => new StoreUnreachableException($"The store cannot be reached: {cause.Message}", cause),
    };

    /// <summary>True for a state of the server that passes: it starts, stops, stands by, or has no connection left.</summary>
    private static bool IsPassing(string state) => state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled
        or PostgresErrorCodes.LockNotAvailable or "25P03" // the driver has no name for: idle in a transaction for too long
        || state.StartsWith("08", StringComparison.Ordinal);
}
