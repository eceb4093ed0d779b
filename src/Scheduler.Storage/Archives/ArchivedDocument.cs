namespace Scheduler.Storage.Archives;

/// <summary>A document of the configuration.</summary>
/// <param name="Hash">SHA-256 of the content, hexadecimal.</param>
/// <param name="Content">The content: JSON, as text.</param>
internal sealed record ArchivedDocument(string Hash, string Content);
