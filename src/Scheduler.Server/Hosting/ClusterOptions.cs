using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;
using Scheduler.Server.Http;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Cluster</c>: how several replicas of one store find each other. A store that belongs to one process needs none of it.</summary>
public sealed partial class ClusterOptions
{
    private const int ShortestKey = 32;
    private const int LongestKey = 512;
    private const int LongestName = 63;

    /// <summary>The secret that all replicas share: peers prove to each other that they know it.</summary>
    /// <value>32 to 512 visible ASCII characters; default none, which a replica of a shared store refuses to start with.</value>
    public string? Key { get; set; }

    /// <summary>What this replica is called, the same at every start; its number is bound to it.</summary>
    /// <value>1 to 63 of <c>a-z0-9.-</c>; default the machine's name.</value>
    public string Name { get; set; } = MachineName();

    /// <summary>Where it listens for its peers.</summary>
    /// <value>http:// or https:// and an address; default http://localhost:8082. Port 0 takes a free one.</value>
    [Required]
    public string PeerUrl { get; set; } = "http://localhost:8082";

    /// <summary>URL under which its peers reach it.</summary>
    /// <value>Default: that of <see cref="PeerUrl"/>.</value>
    public string? Address { get; set; }

    /// <summary>Where it runs; told to operators.</summary>
    /// <value>At most 63 characters; default none.</value>
    [StringLength(63)]
    public string Zone { get; set; } = "";

    /// <summary>How many replicas there may be at once. A node that leases nothing is divided by it, or by how many there are, if that is more.</summary>
    /// <value>1 to 255; default 1.</value>
    [Range(1, 255)]
    public int Replicas { get; set; } = 1;

    /// <summary>Where it keeps what it needs to start without the store.</summary>
    /// <value>A directory; default ./data.</value>
    [Required]
    public string StateDirectory { get; set; } = "./data";

    /// <summary>Time between the signal to stop and the end of service, for balancers to notice, s.</summary>
    /// <value>0 to 300; default 5. A replica that is alone stops at once.</value>
    [Range(0, 300)]
    public int LeaveS { get; set; } = 5;

    /// <summary>True when peers connect over TLS, with the certificate of <c>Scheduler:Http:Tls</c>.</summary>
    internal bool IsTls => ListenUrl.TryParseAll(PeerUrl, out IReadOnlyList<ListenUrl> urls) && urls[0].IsTls;

    /// <summary>What is wrong with them, in words for the operator.</summary>
    public IEnumerable<string> Problems()
    {
        if (Key is { } key && (key.Length is < ShortestKey or > LongestKey || key.Any(c => c is <= ' ' or > '~')))
            yield return $"Scheduler:Cluster:Key must be {ShortestKey} to {LongestKey} visible ASCII characters.";
        if (!NameShape().IsMatch(Name)) yield return "Scheduler:Cluster:Name must be 1 to 63 of a-z, 0-9, '.' and '-'.";
        if (!ListenUrl.TryParseAll(PeerUrl, out IReadOnlyList<ListenUrl> urls) || urls.Count != 1) yield return "Scheduler:Cluster:PeerUrl must be one URL such as http://localhost:8082.";
        else if (Address is null && urls[0].Address is { } all && (all.Equals(IPAddress.Any) || all.Equals(IPAddress.IPv6Any)))
            yield return "Scheduler:Cluster:Address is needed where Scheduler:Cluster:PeerUrl is every address of the machine: set it to a URL that peers reach.";
        if (Address is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
            yield return "Scheduler:Cluster:Address must be a URL such as http://replica-0.peers:8082.";
    }

    private static string MachineName()
    {
        string name = Unusual().Replace(Environment.MachineName.ToLowerInvariant(), "-");
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    [GeneratedRegex("[^a-z0-9.-]")]
    private static partial Regex Unusual();

    [GeneratedRegex("^[a-z0-9.-]{1,63}$")]
    private static partial Regex NameShape();
}
