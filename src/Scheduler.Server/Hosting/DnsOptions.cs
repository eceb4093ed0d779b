using System.ComponentModel.DataAnnotations;
using System.Net;
using Scheduler.Protocol.Dns;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Dns</c>: where names are answered, and what one asker may take.</summary>
public sealed class DnsOptions
{
    /// <summary>Addresses to answer on, over UDP and TCP.</summary>
    /// <value>Addresses with ports, separated by <c>;</c>, such as <c>192.0.2.53:53;[2001:db8::53]:53</c>; default none. Port 0 takes a free one.</value>
    public string Listen { get; set; } = "";

    /// <summary>UDP sockets for each address, each with a thread of its own.</summary>
    /// <value>1 to 64; default 1. More than one needs Linux, which shares questions among them by address and port of the asker.</value>
    [Range(1, 64)]
    public int Sockets { get; set; } = 1;

    /// <summary>Answers a second over UDP to one network (/24 or /56) about one name, without a cookie; beyond, half of them are sent to TCP and half get none.</summary>
    /// <value>0 to 1,000,000; default 1,000: a large public resolver asks so often for one name when its clients are all over the world; 0 for no limit.</value>
    [Range(0, 1_000_000)]
    public int ResponsesPerS { get; set; } = 1_000;

    /// <summary>How many times longer than its question an answer over UDP may be, as long as the asker shows no cookie.</summary>
    /// <value>1 to 100; default 3, as QUIC has it before an address is known to be its owner's (RFC 9000 section 8.1).</value>
    [Range(1.0, 100.0)]
    public double AmplificationLimit { get; set; } = DnsRules.Default.AmplificationLimit;

    /// <summary>TCP connections at once; one more closes the one that has been idle for longest.</summary>
    /// <value>1 to 100,000; default 1,000.</value>
    [Range(1, 100_000)]
    public int TcpConnections { get; set; } = 1_000;

    /// <summary>How long a TCP connection may stay idle, s.</summary>
    /// <value>1 to 3,600; default 10 (RFC 7766 section 6.2.3: a few seconds).</value>
    [Range(1, 3_600)]
    public int TcpIdleS { get; set; } = 10;

    /// <summary>Secrets of cookies, where other servers answer under the same address and must understand them (RFC 9018).</summary>
    /// <value>Each 32 hexadecimal digits; the first makes cookies, all are taken. Default none: they come from the secrets of the store, and change with them.</value>
    public IList<string> CookieSecrets { get; } = [];

    /// <summary>The addresses; empty when names are not answered.</summary>
    internal IReadOnlyList<IPEndPoint> Endpoints() => TryReadEndpoints(out List<IPEndPoint> endpoints) ? endpoints : [];

    /// <summary>What is wrong with them, in words for the operator.</summary>
    public IEnumerable<string> Problems()
    {
        if (!TryReadEndpoints(out _))
            yield return $"Scheduler:Dns:Listen must be addresses with ports such as 192.0.2.53:53;[2001:db8::53]:53, and is \"{Listen}\"";
        if (CookieSecrets.Any(secret => secret.Length != 2 * CookieJar.SecretLength || !secret.All(char.IsAsciiHexDigit)))
            yield return "Scheduler:Dns:CookieSecrets must each be 32 hexadecimal digits";
        if (Sockets > 1 && !OperatingSystem.IsLinux()) yield return "Scheduler:Dns:Sockets must be 1 where the system is not Linux";
    }

    private bool TryReadEndpoints(out List<IPEndPoint> endpoints)
    {
        endpoints = [];
        foreach (string text in Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Without a port the library would take port 0, and an IPv6 address without brackets in part for one.
            if (!text.Contains("]:", StringComparison.Ordinal) && text.Count(c => c == ':') != 1) return false;
            if (!IPEndPoint.TryParse(text, out IPEndPoint? endpoint)) return false;
            endpoints.Add(endpoint);
        }
        return true;
    }
}
