namespace Scheduler.Protocol.Documents;

/// <summary>Why a document could not be read to its end.</summary>
/// <param name="Position">Where reading stopped.</param>
/// <param name="Reason">What is wrong there, one sentence without a full stop.</param>
internal sealed record DocumentFault(DocumentPosition Position, string Reason);
