using System.Text;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Policies;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/policy</c>.</summary>
internal sealed class PolicyEndpoints(ConfigurationCentre centre, ControlLoop control, ILogger<PolicyEndpoints> log)
    : DocumentEndpoints<Policy, PolicyChangeMessage>(centre, RevisionKind.Policy, RequestBody.PolicyLimit, log)
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<PolicyChangeMessage> AnswerType => AdminJson.Wire.PolicyChangeMessage;

    /// <inheritdoc/>
    protected override Policy Of(Configuration configuration) => configuration.Policy;

    /// <inheritdoc/>
    protected override Policy Of(RevisionContent past) => past.Policy;

    /// <inheritdoc/>
    protected override byte[] Write(Policy document, bool yaml) => yaml ? Encoding.UTF8.GetBytes(PolicyYaml.Write(document)) : PolicyJson.Write(document);

    /// <inheritdoc/>
    protected override DocumentReadResult<Policy> Read(byte[] body, bool yaml)
    {
        Fleet fleet = Centre.Current.Fleet;
        return yaml ? PolicyYaml.Read(body, fleet, control.Map) : PolicyJson.Read(body, fleet, control.Map);
    }

    /// <inheritdoc/>
    protected override ConfigurationEdit Edit(Configuration present, Policy document) =>
        PolicyFit.Refusal(document, present.Fleet) ?? ZonesFit.Refusal(present.Zones, document) ?? new ConfigurationEdit.Replace(RevisionKind.Policy, Policy: document);

    /// <inheritdoc/>
    protected override PolicyChangeMessage Answer(long revision, Policy document) => new(
        revision, document.Fences.Length, document.Classes.Length,
        control.Publisher.Current is { } snapshot ? snapshot.Fences.CountriesWithout(snapshot.Candidates.Cells, NodeRoles.Edge) : null);
}
