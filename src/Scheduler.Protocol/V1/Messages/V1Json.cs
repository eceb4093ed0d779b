using System.Text.Json.Serialization;

namespace Scheduler.Protocol.V1.Messages;

/// <summary>
/// Source-generated JSON of the V1 messages: snake_case, absent members left out; a null where a value must be is refused. For clients;
/// the server has its own, faster path.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SessionRequestMessage))]
[JsonSerializable(typeof(SessionAnswerMessage))]
[JsonSerializable(typeof(DispatchAnswerMessage))]
[JsonSerializable(typeof(HeartbeatRequestMessage))]
[JsonSerializable(typeof(HeartbeatAnswerMessage))]
[JsonSerializable(typeof(FailoverRequestMessage))]
[JsonSerializable(typeof(SessionBatchRequestMessage))]
[JsonSerializable(typeof(SessionBatchAnswerMessage))]
[JsonSerializable(typeof(ReportBatchMessage))]
[JsonSerializable(typeof(ReportAnswerMessage))]
[JsonSerializable(typeof(ProblemMessage))]
public sealed partial class V1Json : JsonSerializerContext;
