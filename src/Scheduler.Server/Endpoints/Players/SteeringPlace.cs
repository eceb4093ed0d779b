namespace Scheduler.Server.Endpoints.Players;

/// <summary>Where the player of a new session can be steered, as far as the call told.</summary>
internal readonly ref struct SteeringPlace
{
    /// <summary>Most bytes that it takes.</summary>
    public const int MaxLength = Http.PublicAddress.MaxBaseLength + MaxKeyLength;

    /// <summary>More than the longest key.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>Scheme and authority; empty when they are not known.</summary>
    public ReadOnlySpan<byte> Base { get; init; }

    /// <summary>The key of the call, where it is one that may stand in an address; empty otherwise.</summary>
    public ReadOnlySpan<byte> Key { get; init; }
}
