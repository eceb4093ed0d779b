using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Cli.Load;
using Scheduler.Cli.Overload;
using Scheduler.Storage.Archives;

namespace Scheduler.Cli.Admin;

/// <summary>
/// JSON of the admin calls as the command line reads them: leniently. Members may be missing or more than known here, so that this
/// command can watch a scheduler of another version.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(StatusRow))]
[JsonSerializable(typeof(PlanRow))]
[JsonSerializable(typeof(ExplanationRow))]
[JsonSerializable(typeof(LoggedDecisionList))]
[JsonSerializable(typeof(UsageReportRow))]
[JsonSerializable(typeof(DnsQueryRow))]
[JsonSerializable(typeof(SiteList))]
[JsonSerializable(typeof(DrainList))]
[JsonSerializable(typeof(DrainRow))]
[JsonSerializable(typeof(DrainOrder))]
[JsonSerializable(typeof(DrainPreviewOrder))]
[JsonSerializable(typeof(DrainPreviewRow))]
[JsonSerializable(typeof(DrainEventRow))]
[JsonSerializable(typeof(DegradedEventRow))]
[JsonSerializable(typeof(RevisionRow))]
[JsonSerializable(typeof(RevisionList))]
[JsonSerializable(typeof(RevisionDiff))]
[JsonSerializable(typeof(DryRun))]
[JsonSerializable(typeof(StreamList))]
[JsonSerializable(typeof(StreamRow))]
[JsonSerializable(typeof(LinkList))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(ArchiveSummary))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(KeyOrder))]
[JsonSerializable(typeof(KeyRow))]
[JsonSerializable(typeof(TicketKeyList))]
[JsonSerializable(typeof(TokenKeyRow))]
[JsonSerializable(typeof(RecoveredKeyRow))]
[JsonSerializable(typeof(FleetRow))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ProblemRow))]
[JsonSerializable(typeof(LoadSummary))]
[JsonSerializable(typeof(OfferSummary))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    private static AdminJson? _readable;

    /// <summary>As <c>Default</c>, for output that people may read too: a plus sign stays a plus sign.</summary>
    public static AdminJson Readable =>
        _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
