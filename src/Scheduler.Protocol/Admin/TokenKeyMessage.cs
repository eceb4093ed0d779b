namespace Scheduler.Protocol.Admin;

/// <summary>A new master key of tokens and tickets; never its secret.</summary>
/// <param name="Id">Its number, as it stands in tokens and tickets; 1 to 255.</param>
/// <param name="CreatedAt">When it was made; from then on every site's list of ticket keys holds one that comes from it.</param>
/// <param name="SignsFrom">When tokens and tickets begin to be made with it.</param>
public sealed record TokenKeyMessage(int Id, DateTimeOffset CreatedAt, DateTimeOffset SignsFrom);
