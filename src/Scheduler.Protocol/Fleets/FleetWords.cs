using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>The words of fleet documents.</summary>
internal static class FleetWords
{
    public static Words<SiteKind> Kinds { get; } = new(("pop", SiteKind.Pop), ("idc", SiteKind.Idc));

    public static Words<TariffBilling> Billings { get; } = new(("flat", TariffBilling.Flat), ("percentile95", TariffBilling.Percentile95));

    public static Words<NodeRoles> Roles { get; } = new(("edge", NodeRoles.Edge), ("ingest", NodeRoles.Ingest), ("origin", NodeRoles.Origin));

    public static Words<StreamProtocols> Protocols { get; } = new(
        ("hls", StreamProtocols.Hls), ("dash", StreamProtocols.Dash), ("flv", StreamProtocols.Flv),
        ("webrtc", StreamProtocols.WebRtc), ("rtmp", StreamProtocols.Rtmp), ("srt", StreamProtocols.Srt));
}
