using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>One request of somebody who may see the console.</summary>
/// <param name="Caller">Who.</param>
/// <param name="FormToken">What the forms of the page carry.</param>
/// <param name="Until">When the session ends; null for demo mode, which has none.</param>
internal sealed record Visit(Caller Caller, string FormToken, DateTimeOffset? Until)
{
    /// <summary>True when the visitor has a role, or one above it.</summary>
    public bool May(AdminRole role) => Caller.Role >= role;
}
