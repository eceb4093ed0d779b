namespace Scheduler.Storage.Archives;

/// <summary>The samples of five minutes.</summary>
/// <param name="StartUs">When they began, microseconds since 1970.</param>
/// <param name="Content">The sites, as in the store.</param>
internal sealed record ArchivedMeterSlot(long StartUs, byte[] Content);
