using System.Text.Json.Serialization;

namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to one request of a batch: a session or a problem.</summary>
/// <param name="Answer">The session; null when there is a problem.</param>
/// <param name="Problem">The problem; null when there is a session.</param>
[JsonConverter(typeof(SessionBatchEntryConverter))]
public sealed record SessionBatchEntryMessage(SessionAnswerMessage? Answer, ProblemMessage? Problem);
