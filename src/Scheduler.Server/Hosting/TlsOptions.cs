using Scheduler.Server.Http;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Http:Tls</c>. New files are picked up within 5 s; connections that are open stay open.</summary>
public sealed class TlsOptions
{
    private const string Section = "Scheduler:Http:Tls";

    /// <summary>The server's certificate, first in its file, and the intermediates that are sent with it.</summary>
    /// <value>Path of a PEM file; default none. An <c>https</c> address needs it.</value>
    public string? Certificate { get; set; }

    /// <summary>The private key of the certificate.</summary>
    /// <value>Path of a PEM file with an unencrypted key; by default the certificate's own file.</value>
    public string? Key { get; set; }

    /// <summary>The authorities that issue reporters' client certificates. When set, a report needs such a certificate and a reporter's key.</summary>
    /// <value>Path of a PEM file with one or more self-signed authorities, and intermediates if any; default none.</value>
    public string? ReporterAuthorities { get; set; }

    /// <summary>What does not fit together; empty when all does. The files are not looked at.</summary>
    /// <param name="urls">The addresses to listen on.</param>
    /// <param name="serveToPeers">True when the address for peers is https as well.</param>
    internal IEnumerable<string> Problems(IReadOnlyList<ListenUrl> urls, bool serveToPeers)
    {
        bool isServed = urls.Any(url => url.IsTls);
        if (serveToPeers && Certificate is null) yield return $"{Section}:Certificate is needed for the https address of Scheduler:Cluster:PeerUrl";
        if (isServed && Certificate is null)
            yield return $"{Section}:Certificate is needed for the https address of Scheduler:Http:Url: set it to a PEM file, and {Section}:Key to that of its key";
        if (Key is not null && Certificate is null) yield return $"{Section}:Key needs {Section}:Certificate";
        if (!isServed && !serveToPeers && Certificate is not null) yield return $"{Section}:Certificate is set and no address of Scheduler:Http:Url is https: change http to https in one";
        if (!isServed && ReporterAuthorities is not null) yield return $"{Section}:ReporterAuthorities needs an https address in Scheduler:Http:Url: without TLS no node could report";
    }
}
