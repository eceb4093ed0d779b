using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>How the rotation of the token keys ended.</summary>
public abstract record TokenKeyRotation
{
    private TokenKeyRotation()
    {
    }

    /// <summary>A new secret was made.</summary>
    /// <param name="Secret">It.</param>
    /// <param name="SignsFrom">When it begins to sign.</param>
    public sealed record Made(MasterSecret Secret, DateTimeOffset SignsFrom) : TokenKeyRotation;

    /// <summary>The one before does not sign yet, so none was made.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="SignsFrom">When it begins to.</param>
    public sealed record Pending(byte Id, DateTimeOffset SignsFrom) : TokenKeyRotation;

    /// <summary>The deployment brings its secrets in the configuration, and rotates them there.</summary>
    public sealed record Configured : TokenKeyRotation;

    /// <summary>All 255 ids have been given.</summary>
    public sealed record Exhausted : TokenKeyRotation;
}
