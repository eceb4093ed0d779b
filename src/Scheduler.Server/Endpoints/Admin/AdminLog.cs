namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What the admin API logs: changes and handed-out secrets (who, never what), each once. Event ids 2000 to 2099.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(2000, LogLevel.Information, "Revision {Revision} ({Kind}) by {Author}: {Reason}")]
    public static partial void Changed(this ILogger log, long revision, string kind, string author, string reason);

    [LoggerMessage(2001, LogLevel.Information, "Key {Id} ({Kind}, \"{Name}\") made by {Author}")]
    public static partial void KeyMade(this ILogger log, string id, string kind, string name, string author);

    [LoggerMessage(2002, LogLevel.Information, "Key {Id} revoked by {Author}")]
    public static partial void KeyRevoked(this ILogger log, string id, string author);

    [LoggerMessage(2003, LogLevel.Error, "The store failed during {Method} {Path}")]
    public static partial void StoreFailed(this ILogger log, Exception cause, string method, string path);

    [LoggerMessage(2004, LogLevel.Information, "Ticket keys of site {Site} shown to {Author}")]
    public static partial void TicketKeysShown(this ILogger log, string site, string author);

    [LoggerMessage(2005, LogLevel.Information, "Token key {Id} made by {Author}: {Reason}")]
    public static partial void TokenKeyMade(this ILogger log, byte id, string author, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Local drain {Id} of {Target} by {Author}: {Reason}")]
    public static partial void TakenLocally(this ILogger log, string id, string target, string author, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "Local drain {Id} ended by {Author}: {Reason}")]
    public static partial void EndedLocally(this ILogger log, string id, string author, string reason);
}
