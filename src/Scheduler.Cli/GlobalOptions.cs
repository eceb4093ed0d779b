using System.CommandLine;

namespace Scheduler.Cli;

/// <summary>The options that every command understands.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Environment variable that stands in for <c>--url</c>.</summary>
    public const string UrlVariable = "SCHEDULER_URL";

    /// <summary>Environment variable that stands in for <c>--key</c>.</summary>
    public const string KeyVariable = "SCHEDULER_KEY";

    /// <summary>The scheduler when nothing else is said.</summary>
    public const string DefaultUrl = "http://localhost:8080";

    /// <summary>Address of the scheduler; null when not given.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"The scheduler to talk to [env: {UrlVariable}] [default: {DefaultUrl}]",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>API key; null when not given.</summary>
    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"API key [env: {KeyVariable}] [default: what {KeyFile.RelativePath} holds, for a scheduler on this machine]",
        HelpName = "KEY",
        Recursive = true,
    };

    /// <summary>Output for programs.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON, for programs", Recursive = true };

    /// <summary>The address that a command line and an environment name together.</summary>
    /// <returns>The address with a closing slash, or why it is none.</returns>
    public (Uri? Url, string? Problem) ResolveUrl(ParseResult parse, Func<string, string?> variable)
    {
        bool given = parse.GetValue(Url) is not null;
        string text = parse.GetValue(Url) ?? variable(UrlVariable) ?? DefaultUrl;
        string name = given ? "--url" : UrlVariable;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            return (null, $"{name}: '{text}' is no http:// or https:// address.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return (null, $"{name}: '{url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}' must come without user, query and fragment.");
        return (url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/"), null);
    }
}
