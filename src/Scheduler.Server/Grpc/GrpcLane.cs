using Scheduler.Protocol.Grpc;
using Scheduler.Server.Http;

namespace Scheduler.Server.Grpc;

/// <summary>
/// Answers the calls of gRPC before routing looks at them. They are served wherever HTTP/2 is spoken: on the address of gRPC, which takes nothing else, and on every
/// <c>https</c> address. What is not gRPC goes the way of all requests.
/// </summary>
internal sealed class GrpcLane
{
    private readonly Dictionary<string, GrpcMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>What is served.</summary>
    public IEnumerable<GrpcMethod> Methods => _methods.Values.OrderBy(method => method.Path, StringComparer.Ordinal);

    /// <summary>Full names of the services.</summary>
    public IEnumerable<string> Services => Methods.Select(method => method.Service).Distinct();

    /// <summary>Adds a method; before the first call.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="handler">What answers it.</param>
    public void Add(string path, RequestDelegate handler) => _methods.Add(path, new GrpcMethod(path, handler));

    /// <summary>The middleware.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol)) return next(context);
        if (!GrpcReply.IsCall(context)) return context.Features.Get<GrpcOnly>() is null ? next(context) : RefuseType(context);
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path.Value is not { } path || !_methods.TryGetValue(path, out GrpcMethod? method))
        {
            GrpcReply.Status(context, new GrpcStatus(GrpcStatusCode.Unimplemented, "there is no such method; reflection lists those that are"));
            return Task.CompletedTask;
        }
        return method.InvokeAsync(context);
    };

    /// <summary>Tells who asks for a method in another way how to: over HTTP/2, and with the content type of gRPC.</summary>
    public void MapRefusals(IEndpointRouteBuilder app)
    {
        foreach (GrpcMethod method in _methods.Values) app.MapPost(method.Path, (RequestDelegate)(context => HttpProtocol.IsHttp2(context.Request.Protocol) ? RefuseType(context) : RefuseProtocol(context))).ExcludeFromDescription();
    }

    private static Task RefuseType(HttpContext context)
    {
        Reply.Problem(context, Scheduler.Protocol.V1.Problems.ProblemKind.UnsupportedMediaType, "gRPC alone is spoken here: content type application/grpc");
        return Task.CompletedTask;
    }

    private static Task RefuseProtocol(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        context.Response.Headers.Upgrade = "HTTP/2";
        return Task.CompletedTask;
    }
}
