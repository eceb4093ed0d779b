namespace Scheduler.Cli.Watching;

/// <summary>One server-sent event.</summary>
/// <param name="Id">What to come back with.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Data">What happened, as JSON.</param>
internal sealed record ServerEvent(string Id, string Type, string Data);
