using System.Text;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Zones;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/zones</c>.</summary>
internal sealed class ZonesEndpoints(ConfigurationCentre centre, ILogger<ZonesEndpoints> log)
    : DocumentEndpoints<ZoneSet, ZonesChangeMessage>(centre, RevisionKind.Zones, RequestBody.ZonesLimit, log)
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<ZonesChangeMessage> AnswerType => AdminJson.Wire.ZonesChangeMessage;

    /// <inheritdoc/>
    protected override ZoneSet Of(Configuration configuration) => configuration.Zones;

    /// <inheritdoc/>
    protected override ZoneSet Of(RevisionContent past) => past.Zones;

    /// <inheritdoc/>
    protected override byte[] Write(ZoneSet document, bool yaml) => yaml ? Encoding.UTF8.GetBytes(ZonesYaml.Write(document)) : ZonesJson.Write(document);

    /// <inheritdoc/>
    protected override DocumentReadResult<ZoneSet> Read(byte[] body, bool yaml) =>
        yaml ? ZonesYaml.Read(body, Centre.Current.Policy) : ZonesJson.Read(body, Centre.Current.Policy);

    /// <inheritdoc/>
    protected override ConfigurationEdit Edit(Configuration present, ZoneSet document) =>
        ZonesFit.Refusal(document, present.Policy) ?? new ConfigurationEdit.Replace(RevisionKind.Zones, Zones: document);

    /// <inheritdoc/>
    protected override ZonesChangeMessage Answer(long revision, ZoneSet document) => new(
        revision, document.Zones.Length, document.Zones.Sum(zone => zone.Records.Length), document.Zones.Sum(zone => zone.Steered.Length));
}
