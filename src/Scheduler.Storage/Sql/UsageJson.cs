using System.Text.Json.Serialization;

namespace Scheduler.Storage.Sql;

/// <summary>Hours of usage as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UsageContent))]
internal sealed partial class UsageJson : JsonSerializerContext;
