namespace Scheduler.Server.Peers.Channel;

/// <summary>What the owner of a session answered to a player's call.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Media type of the body; null for none.</param>
/// <param name="RetryAfter">Value of <c>Retry-After</c>; null for none.</param>
/// <param name="Body">The body.</param>
internal sealed record PeerAnswer(int Status, string? ContentType, string? RetryAfter, byte[] Body)
{
    /// <summary>Sends it on.</summary>
    public async Task SendAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is not null) response.Headers.RetryAfter = RetryAfter;
        if (ContentType is null) return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.BodyWriter.WriteAsync(Body);
    }
}
