namespace Scheduler.Server.Http;

/// <summary>
/// Answers the busiest calls before routing looks at them: a POST to exactly such a path, or a GET of one that begins so, without a pattern to match and a content type to weigh. Anything else, the
/// same call with another method or spelling among it, goes the way of all requests; so the calls are mapped there as well.
/// </summary>
internal sealed class FastLane
{
    private readonly Dictionary<string, RequestDelegate> _posts = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, RequestDelegate Handler)> _gets = [];

    /// <summary>Adds a call; before the first request.</summary>
    /// <param name="path">Its whole path.</param>
    /// <param name="handler">What answers it.</param>
    /// <returns>The handler, to be mapped.</returns>
    public RequestDelegate Add(string path, RequestDelegate handler)
    {
        _posts.Add(path, handler);
        return handler;
    }

    /// <summary>Adds all GETs of paths that begin alike; before the first request. The handler answers for all that can follow.</summary>
    /// <param name="prefix">What their paths begin with.</param>
    /// <param name="handler">What answers them.</param>
    /// <returns>The handler, to be mapped.</returns>
    public RequestDelegate AddGets(string prefix, RequestDelegate handler)
    {
        _gets.Add((prefix, handler));
        return handler;
    }

    /// <summary>The middleware.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (context.Request.Path.Value is not { } path) return next(context);
        if (HttpMethods.IsPost(context.Request.Method)) return _posts.TryGetValue(path, out RequestDelegate? handler) ? handler(context) : next(context);
        if (HttpMethods.IsGet(context.Request.Method))
            foreach ((string prefix, RequestDelegate handler) in _gets)
                if (path.StartsWith(prefix, StringComparison.Ordinal)) return handler(context);
        return next(context);
    };
}
