using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Scheduler.Server.OperatorConsole.Pages;

namespace Scheduler.Server.OperatorConsole;

/// <summary>The style, the scripts and the mark of the console, which are inside the program. Their names carry a hash of what they hold, so browsers keep them for good.</summary>
internal static class ConsoleAssets
{
    private const string Prefix = "console.";
    private const string ForGood = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, (byte[] Content, string Tag, string Type)> Files = Read();

    /// <summary>The address of a file.</summary>
    /// <param name="name">Its name in <c>Assets</c>.</param>
    public static string Href(string name) => $"{ConsoleRoutes.Assets}/{name}?v={Files[name].Tag}";

    /// <summary>Maps the files. They hold nothing that is secret: nobody need sign in for them.</summary>
    public static void Map(IEndpointRouteBuilder console) => console.MapGet(ConsoleRoutes.Assets + "/{name}", (HttpContext context, string name) =>
    {
        if (!Files.TryGetValue(name, out var file)) return Endpoints.Admin.Problem.NotFound($"There is no file '{name}'.");
        PageHeaders.SetForAll(context.Response);
        string etag = $"\"{file.Tag}\"";
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Tag ? ForGood : "no-cache";
        return context.Request.Headers.IfNoneMatch == etag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(file.Content, file.Type);
    });

    private static FrozenDictionary<string, (byte[], string, string)> Read()
    {
        Assembly program = typeof(ConsoleAssets).Assembly;
        return program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using Stream stream = program.GetManifestResourceStream(name)!;
                byte[] content = new byte[stream.Length];
                stream.ReadExactly(content);
                return (content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)), TypeOf(name));
            },
            StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
