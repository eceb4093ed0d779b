namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Telemetry:Otlp</c>.</summary>
public sealed class OtlpOptions
{
    /// <summary>A collector that takes OTLP over HTTP.</summary>
    /// <value><c>http://HOST:4318</c> or <c>https://…</c>, without <c>/v1/…</c>; default none: nothing is sent.</value>
    public string? Endpoint { get; set; }

    /// <summary>What is wrong with the section.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Endpoint is null) yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            yield return "Scheduler:Telemetry:Otlp:Endpoint must be the address of a collector, such as http://collector:4318.";
    }
}
