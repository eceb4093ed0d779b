namespace Scheduler.Server.Endpoints.Players;

/// <summary>What a call on a session is told beside its body: it travels with the call to the session's owner.</summary>
/// <param name="Network">Hash of the viewer's network; never his address.</param>
/// <param name="Tenant">Tenant of the caller's key; null for none.</param>
internal readonly record struct CallOrigin(ulong Network, string? Tenant);
