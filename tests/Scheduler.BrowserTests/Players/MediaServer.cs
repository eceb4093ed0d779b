using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Scheduler.BrowserTests.Players;

/// <summary>All nodes of a site: serves the media under whatever host it is asked by, and logs who asked for what.</summary>
internal sealed class MediaServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<MediaRequest> _log = new();

    private MediaServer(WebApplication app) => _app = app;

    /// <summary>Port on loopback.</summary>
    public int Port { get; private set; }

    /// <summary>What was asked for, in order.</summary>
    public MediaRequest[] Log => [.. _log];

    /// <summary>Starts one on a free port.</summary>
    /// <param name="directory">Where the media is.</param>
    /// <param name="others">What else it serves: by path, the file.</param>
    public static async Task<MediaServer> StartAsync(string directory, Func<string, (string Type, byte[] Body)?>? others = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        WebApplication app = builder.Build();
        var server = new MediaServer(app);
        app.Run(context => server.AnswerAsync(context, directory, others));
        await app.StartAsync();
        server.Port = new Uri(app.Urls.First()).Port;
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string directory, Func<string, (string Type, byte[] Body)?>? others)
    {
        string path = context.Request.Path.Value!;
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = "no-store";
        if (others?.Invoke(path) is ({ } type, { } body))
        {
            context.Response.ContentType = type;
            await context.Response.Body.WriteAsync(body);
            return;
        }
        string[] parts = path.Split('/');
        string file = Path.Combine(directory, Path.GetFileName(path));
        if (parts.Length != 3 || !File.Exists(file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        _log.Enqueue(new MediaRequest(context.Request.Host.Host, parts[1], parts[2], Environment.TickCount64));
        context.Response.ContentType = Path.GetExtension(file) == ".m3u8" ? "application/vnd.apple.mpegurl" : "video/mp4";
        await context.Response.SendFileAsync(file);
    }
}
