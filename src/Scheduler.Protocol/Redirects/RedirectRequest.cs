using System.Text;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.Redirects;

/// <summary>A call for a redirect, read in place from its target: <c>/r/{stream}/{path}?{query}</c>.</summary>
/// <remarks><c>format=json</c> and <c>trred=false</c> ask for the address instead of a redirect, as they do of Apache Traffic Control's router.</remarks>
public readonly ref struct RedirectRequest
{
    private const string Prefix = "/r/";

    /// <summary>Name of the stream, as it was sent.</summary>
    public ReadOnlySpan<char> Stream { get; private init; }

    /// <summary>What follows the stream, without the slash between them, as it was sent; empty for the stream's own address.</summary>
    public ReadOnlySpan<char> Path { get; private init; }

    /// <summary>The query without its question mark, as it was sent.</summary>
    public ReadOnlySpan<char> Query { get; private init; }

    /// <summary>True when the one address is asked for as JSON.</summary>
    public bool WantsLocation { get; private init; }

    /// <summary>True when several addresses are asked for as JSON.</summary>
    public bool WantsLocations { get; private init; }

    /// <summary><c>client_ip</c>: the viewer's address, for callers who may name it; empty for none.</summary>
    public ReadOnlySpan<char> ClientIp { get; private init; }

    /// <summary>The protocol that the path is of, by its ending; null when it does not tell.</summary>
    public StreamProtocols? Protocol
    {
        get
        {
            int dot = Path.LastIndexOf('.');
            if (dot < 0 || Path[dot..].Contains('/')) return null;
            return Path[(dot + 1)..] switch
            {
                "m3u8" => StreamProtocols.Hls,
                "mpd" => StreamProtocols.Dash,
                "flv" => StreamProtocols.Flv,
                _ => null,
            };
        }
    }

    /// <summary>Reads a call.</summary>
    /// <param name="target">Path and query as they were sent.</param>
    /// <param name="request">The call; points into the target.</param>
    /// <returns>False when the path is none of a redirect.</returns>
    public static bool TryParse(ReadOnlySpan<char> target, out RedirectRequest request)
    {
        request = default;
        if (!target.StartsWith(Prefix)) return false;
        int question = target.IndexOf('?');
        ReadOnlySpan<char> path = question < 0 ? target[Prefix.Length..] : target[Prefix.Length..question];
        ReadOnlySpan<char> query = question < 0 ? default : target[(question + 1)..];
        int slash = path.IndexOf('/');
        bool one = false, several = false;
        ReadOnlySpan<char> clientIp = default;
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair is "format=json") one = true;
            else if (pair is "trred=false") several = true;
            else if (pair.StartsWith("client_ip=")) clientIp = pair["client_ip=".Length..];
        }
        request = new RedirectRequest
        {
            Stream = slash < 0 ? path : path[..slash],
            Path = slash < 0 ? default : path[(slash + 1)..],
            Query = query,
            WantsLocation = one,
            WantsLocations = several,
            ClientIp = clientIp,
        };
        return true;
    }

    /// <summary>
    /// The address on a node: the stream's own by the template, or what lies beside it at the path; with the query as it was sent, but for what was meant for the scheduler.
    /// </summary>
    /// <param name="template">Template of the protocol: <see cref="UrlTemplate"/>.</param>
    /// <param name="host">What players connect to.</param>
    public string LocationAt(string template, string host)
    {
        ArgumentNullException.ThrowIfNull(template);
        ReadOnlySpan<char> own = template;
        if (!Path.IsEmpty)
        {
            int question = own.IndexOf('?');
            if (question >= 0) own = own[..question];
            int root = own.IndexOf(UrlTemplate.Host) + UrlTemplate.Host.Length;
            int slash = own[root..].LastIndexOf('/');
            own = slash < 0 ? own[..root] : own[..(root + slash)];
        }
        var location = new StringBuilder(own.Length + host.Length + Stream.Length + Path.Length + Query.Length + 2);
        location.Append(own).Replace(UrlTemplate.Host, host).Replace(UrlTemplate.Stream, Stream.ToString());
        if (!Path.IsEmpty) location.Append('/').Append(Path);
        char separator = Path.IsEmpty && template.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (Range range in Query.Split('&'))
        {
            ReadOnlySpan<char> pair = Query[range];
            if (pair.IsEmpty || IsOurs(pair)) continue;
            location.Append(separator).Append(pair);
            separator = '&';
        }
        return location.ToString();
    }

    private static bool IsOurs(ReadOnlySpan<char> pair) =>
        pair is "format=json" || pair.StartsWith("trred=") || pair.StartsWith("client_ip=") || pair.StartsWith("k=");
}
