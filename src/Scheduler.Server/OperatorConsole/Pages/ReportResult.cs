using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Sends the report of a simulation, a page that carries its own style and script: exactly these two may be used, named by their hashes, and the page is no page of ours.</summary>
/// <param name="html">The report.</param>
internal sealed partial class ReportResult(string html) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        PageHeaders.Set(httpContext.Response);
        httpContext.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {HashesOf("style")}; script-src {HashesOf("script")}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-scripts";
        httpContext.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // its frame is of no origin
        return Results.Text(html, "text/html; charset=utf-8").ExecuteAsync(httpContext);
    }

    private string HashesOf(string element) => string.Join(' ', Inline().Matches(html).Where(found => found.Groups["name"].Value == element)
        .Select(found => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(found.Groups["text"].Value)))}'"));

    [GeneratedRegex("<(?<name>style|script)>(?<text>.*?)</\\k<name>>", RegexOptions.Singleline)]
    private static partial Regex Inline();
}
