namespace Scheduler.Core.Topology;

/// <summary>
/// A playing address with holes: <c>https://{host}/live/{stream}.m3u8</c>. <c>{host}</c> is filled with <see cref="Node.Host"/> and must
/// stand where a host stands; <c>{stream}</c> is filled with the stream's name.
/// </summary>
public static class UrlTemplate
{
    /// <summary>The hole for the node's host.</summary>
    public const string Host = "{host}";

    /// <summary>The hole for the stream's name.</summary>
    public const string Stream = "{stream}";

    /// <summary>What is wrong with a template; null when nothing is.</summary>
    /// <param name="template">Text of the template.</param>
    public static string? FindFault(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Length > FleetLimits.UrlLength) return $"must be at most {FleetLimits.UrlLength} characters";
        foreach (char c in template)
            if (c is <= ' ' or > '~') return "must be printable ASCII without spaces";

        int scheme = template.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 1 || !Uri.CheckSchemeName(template[..scheme])) return "must begin with a scheme, as https:// does";
        if (!template.Contains(Host, StringComparison.Ordinal)) return "must contain {host}";
        if (!template.AsSpan(scheme + 3).StartsWith(Host)) return "must have {host} right after the scheme";
        if (template.IndexOf(Host, scheme + 3 + Host.Length, StringComparison.Ordinal) >= 0) return "must contain {host} once";

        string rest = template[(scheme + 3 + Host.Length)..];
        if (rest.Length > 0 && rest[0] is not ('/' or '?')) return "must go on with / or ? after {host}, which brings its own port";
        return rest.Replace(Stream, "", StringComparison.Ordinal).AsSpan().IndexOfAny('{', '}') >= 0
            ? "has a brace that belongs to neither {host} nor {stream}"
            : null;
    }
}
