namespace Scheduler.Server.Http;

/// <summary>
/// Answers the busiest calls before routing looks at them: a POST to exactly such a path, without a pattern to match and a content type to weigh. Anything else, the
/// same call with another method or spelling among it, goes the way of all requests; so the calls are mapped there as well.
/// </summary>
internal sealed class FastLane
{
    private readonly Dictionary<string, RequestDelegate> _posts = new(StringComparer.Ordinal);

    /// <summary>Adds a call; before the first request.</summary>
    /// <param name="path">Its whole path.</param>
    /// <param name="handler">What answers it.</param>
    /// <returns>The handler, to be mapped.</returns>
    public RequestDelegate Add(string path, RequestDelegate handler)
    {
        _posts.Add(path, handler);
        return handler;
    }

    /// <summary>The middleware.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value is { } path && _posts.TryGetValue(path, out RequestDelegate? handler)
            ? handler(context)
            : next(context);
}
