namespace Scheduler.Client.Sessions;

/// <summary>A failover as it is on the wire.</summary>
internal sealed record FailoverMessage(string Token, string Failed, string Reason);
