using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>How the making of a key ended.</summary>
public abstract record KeyCreation
{
    private KeyCreation()
    {
    }

    /// <summary>The key was made.</summary>
    /// <param name="Key">What is stored.</param>
    /// <param name="Secret">The whole key: known only now.</param>
    public sealed record Created(ApiKey Key, string Secret) : KeyCreation
    {
        /// <summary>Without the secret: it is never logged.</summary>
        public override string ToString() => $"Created {Key.Id}";
    }

    /// <summary>The same request made it before; its secret is not known any more.</summary>
    /// <param name="Key">What is stored.</param>
    public sealed record Replayed(ApiKey Key) : KeyCreation;

    /// <summary>Another key that holds has the name.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record NameTaken(string Id) : KeyCreation;

    /// <summary>The Idempotency-Key was used before, with another body.</summary>
    public sealed record RequestKeyReused : KeyCreation;
}
