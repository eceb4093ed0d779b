using System.Collections.Immutable;
using System.Security;
using Scheduler.Protocol.Steering;

namespace Scheduler.Cli.Steering;

/// <summary>What points a player at the scheduler: a tag in a multivariant playlist (draft-pantos-hls-rfc8216bis), an element in an MPD (ETSI TS 103 998).</summary>
/// <param name="Scheduler">Where players reach the scheduler.</param>
/// <param name="Stream">Name of the stream; characters that stand for themselves in an address.</param>
/// <param name="Pathways">Ids that the playlist and the MPD declare, the one to begin with first; at least one.</param>
/// <param name="PlayerKey">A publishable key; null for none.</param>
internal sealed record SteeringTag(Uri Scheduler, string Stream, ImmutableArray<string> Pathways, string? PlayerKey)
{
    /// <summary>The tag, which a multivariant playlist has once.</summary>
    public string Hls => $"#EXT-X-CONTENT-STEERING:SERVER-URI=\"{Address("hls")}\",PATHWAY-ID=\"{Pathways[0]}\"";

    /// <summary>The element, which stands in the MPD beside its base URLs. The player asks before it starts, so that it begins where it is to be.</summary>
    public string Dash =>
        $"<ContentSteering defaultServiceLocation=\"{string.Join(' ', Pathways)}\" queryBeforeStart=\"true\">{SecurityElement.Escape(Address("dash"))}</ContentSteering>";

    private string Address(string protocol)
    {
        string key = PlayerKey is null ? "" : "&k=" + Uri.EscapeDataString(PlayerKey);
        return $"{Scheduler.AbsoluteUri.TrimEnd('/')}{SteeringText.PathPrefix}{protocol}/{Stream}?pathways={string.Join(',', Pathways)}{key}";
    }
}
