namespace Scheduler.Storage.Archives;

/// <summary>An hour of usage, of one writer.</summary>
/// <param name="StartUs">When it began, microseconds since 1970.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Content">Its rows, as in the store.</param>
internal sealed record ArchivedUsageHour(long StartUs, long Writer, byte[] Content);
