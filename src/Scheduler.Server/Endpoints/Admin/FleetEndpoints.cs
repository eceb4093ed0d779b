using System.Text;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/fleet</c>.</summary>
internal sealed class FleetEndpoints(ConfigurationCentre centre, ILogger<FleetEndpoints> log)
    : DocumentEndpoints<Fleet, FleetChangeMessage>(centre, RevisionKind.Fleet, RequestBody.FleetLimit, log)
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<FleetChangeMessage> AnswerType => AdminJson.Wire.FleetChangeMessage;

    /// <inheritdoc/>
    protected override Fleet Of(Configuration configuration) => configuration.Fleet;

    /// <inheritdoc/>
    protected override Fleet Of(RevisionContent past) => past.Fleet;

    /// <inheritdoc/>
    protected override byte[] Write(Fleet document, bool yaml) => yaml ? Encoding.UTF8.GetBytes(FleetYaml.Write(document)) : FleetJson.Write(document);

    /// <inheritdoc/>
    protected override DocumentReadResult<Fleet> Read(byte[] body, bool yaml) => yaml ? FleetYaml.Read(body) : FleetJson.Read(body);

    /// <inheritdoc/>
    protected override ConfigurationEdit Edit(Configuration present, Fleet document) =>
        PolicyFit.Refusal(present.Policy, document) ?? new ConfigurationEdit.Replace(RevisionKind.Fleet, Fleet: document);

    /// <inheritdoc/>
    protected override FleetChangeMessage Answer(long revision, Fleet document) => new(revision, document.Sites.Length, document.Nodes.Length);
}
