namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>Address to listen on.</summary>
    /// <value>A URL; default <c>http://localhost:8080</c>. Demo mode and a first start without keys refuse anything but loopback.</value>
    public string Url { get; set; } = "http://localhost:8080";
}
