using System.Security.Cryptography.X509Certificates;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Http.Tls;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Peers;

/// <summary>Peers may connect over TLS: with a certificate that they share, or one of an authority that the machine knows.</summary>
public sealed class PeerTlsTests : IDisposable
{
    private const string Url = "https://127.0.0.1:0";
    private readonly ScratchDirectory _scratch = new();
    private readonly TestAuthority _authority = new("peers");

    [Fact]
    public async Task Replicas_that_share_a_certificate_connect_over_tls_and_one_with_another_stays_outside()
    {
        await using var cluster = new LiveCluster();
        (string, string)[] shared = Files("shared");
        await cluster.AddAsync("a", LiveCluster.Key, Url, shared);
        await cluster.AddAsync("b", LiveCluster.Key, Url, shared);
        await cluster.UntilConnectedAsync();
        Assert.StartsWith("https://", (await cluster.StatusAsync(cluster[0])).GetProperty("cluster").GetProperty("peers")[0].GetProperty("address").GetString(), StringComparison.Ordinal);

        LiveScheduler stranger = await cluster.AddAsync("c", LiveCluster.Key, Url, Files("strange"));
        await LiveScheduler.UntilAsync(async () => await cluster.MetricAsync(cluster[0], "scheduler_peers{state=\"silent\"}") == 1, "silent");
        Assert.Equal(0, await cluster.MetricAsync(stranger, "scheduler_peer_links"));
        Assert.Equal(1, await cluster.MetricAsync(cluster[0], "scheduler_peer_links"));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _scratch.Dispose();
    }

    private (string, string)[] Files(string name)
    {
        using X509Certificate2 certificate = _authority.Issue(name);
        (string path, string key) = (_scratch.File(name + ".crt"), _scratch.File(name + ".key"));
        TestAuthority.Write(path, key, certificate);
        return [("Scheduler:Http:Tls:Certificate", path), ("Scheduler:Http:Tls:Key", key)];
    }
}
