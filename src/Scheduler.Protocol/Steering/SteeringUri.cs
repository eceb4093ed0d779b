using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.Steering;

/// <summary>The address at which a player is steered: that of a manifest's <c>RELOAD-URI</c> and of a session's <c>steering_url</c>.</summary>
public readonly ref struct SteeringUri
{
    private const int MaxOwnLength = 64;

    /// <summary>Scheme and authority; empty when they are not known, and there is no address then.</summary>
    public ReadOnlySpan<byte> Base { get; init; }

    /// <summary>HLS or DASH.</summary>
    public required StreamProtocols Protocol { get; init; }

    /// <summary>Name of the stream.</summary>
    public required ReadOnlySpan<byte> Stream { get; init; }

    /// <summary>What its token says; null for an address that opens a session.</summary>
    public SessionClaims? Claims { get; init; }

    /// <summary>A token that is passed on as it came, instead of <see cref="Claims"/>; empty for none.</summary>
    public ReadOnlySpan<byte> Token { get; init; }

    /// <summary>Ids that the playlist declares.</summary>
    public PathwayList Declared { get; init; }

    /// <summary>The player's publishable key; empty for none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Most bytes that it takes.</summary>
    public int MaxLength => MaxOwnLength + Base.Length + Stream.Length + Math.Max(SessionToken.MaxLength, Token.Length) + Declared.MaxLength + Key.Length;

    /// <summary>Writes it: none of its characters is escaped in JSON.</summary>
    internal void Write(ref WireOutput output, TokenKeyRing keys)
    {
        output.Raw(Base);
        output.Raw("/v1/steering/"u8);
        output.Raw(Protocol == StreamProtocols.Dash ? "dash/"u8 : "hls/"u8);
        output.Raw(Stream);
        ReadOnlySpan<byte> separator = "?"u8;
        if (Claims is { } claims)
        {
            output.Raw("?st="u8);
            output.Advance(SessionToken.Write(claims, Stream, keys, output.Free));
            separator = "&"u8;
        }
        else if (!Token.IsEmpty)
        {
            output.Raw("?st="u8);
            output.Raw(Token);
            separator = "&"u8;
        }
        bool first = true;
        foreach (ReadOnlySpan<byte> id in Declared)
        {
            if (first) output.Raw(separator);
            output.Raw(first ? "pathways="u8 : ","u8);
            output.Raw(id);
            first = false;
            separator = "&"u8;
        }
        if (Key.IsEmpty) return;
        output.Raw(separator);
        output.Raw("k="u8);
        output.Raw(Key);
    }
}
