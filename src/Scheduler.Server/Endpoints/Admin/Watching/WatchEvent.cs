namespace Scheduler.Server.Endpoints.Admin.Watching;

/// <summary>Something that operators follow, beside revisions.</summary>
/// <param name="Number">Greater than that of every earlier event; of a later start greater than those of the one before.</param>
/// <param name="Revision">The revision in force when it happened.</param>
/// <param name="Type">Its kind: <c>drain</c> or <c>degraded</c>.</param>
/// <param name="Json">What happened, in one line.</param>
internal sealed record WatchEvent(long Number, long Revision, string Type, string Json);
