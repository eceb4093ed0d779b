using System.Text.Json.Serialization;
using Scheduler.Client.Reports;
using Scheduler.Client.Sessions;

namespace Scheduler.Client;

/// <summary>JSON of the player and report calls, generated at build time: no reflection, fit for trimming.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ProblemMessage))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(HeartbeatMessage))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(FailoverMessage))]
[JsonSerializable(typeof(ReportAnswer))]
internal sealed partial class ClientJson : JsonSerializerContext;
