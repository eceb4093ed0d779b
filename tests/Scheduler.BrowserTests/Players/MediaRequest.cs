namespace Scheduler.BrowserTests.Players;

/// <summary>One line of a media server's access log.</summary>
/// <param name="Host">The host that was asked, without its port.</param>
/// <param name="Player">Name of the player, which is the first part of the path.</param>
/// <param name="File">The rest of the path.</param>
/// <param name="AtMs">When, by a clock that all logs share.</param>
internal sealed record MediaRequest(string Host, string Player, string File, long AtMs)
{
    /// <summary>True for a piece of media, false for a playlist or what else is fetched once.</summary>
    public bool IsSegment => File.StartsWith("chunk-", StringComparison.Ordinal);
}
