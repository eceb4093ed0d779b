namespace Scheduler.Protocol.Documents;

/// <summary>One value of a mapping.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Where the name stands.</param>
/// <param name="Value">The value.</param>
internal readonly record struct DocumentMember(string Name, DocumentPosition Position, DocumentValue Value);
