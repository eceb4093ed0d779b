using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>Somebody who signed in.</summary>
/// <param name="Caller">The bearer of the key that was shown.</param>
/// <param name="Nonce">Tells the session from all others; random.</param>
/// <param name="Until">When it ends by itself.</param>
internal sealed record Session(Caller Caller, string Nonce, DateTimeOffset Until);
