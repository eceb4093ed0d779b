namespace Scheduler.Protocol.Admin;

/// <summary>All sites, live.</summary>
/// <param name="Revision">Revision of the configuration in force.</param>
/// <param name="Sites">By id.</param>
public sealed record SiteListMessage(long Revision, IReadOnlyList<SiteMessage> Sites);
