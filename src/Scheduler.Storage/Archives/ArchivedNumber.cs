namespace Scheduler.Storage.Archives;

/// <summary>A permanent number.</summary>
/// <param name="Kind">What is numbered.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number.</param>
internal sealed record ArchivedNumber(long Kind, string Name, long Number);
