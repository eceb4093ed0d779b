using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Scheduler.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Tls;

/// <summary>TLS as clients meet it: real handshakes on loopback.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly TlsScheduler _tls = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _tls.DisposeAsync().AsTask();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Https_is_served_with_the_chain_up_to_the_root_beside_plain_http(string version)
    {
        await _tls.StartAsync();
        Assert.Equal(["http", "https", "http"], _tls.Scheduler.Urls.Select(url => url.Scheme)); // the last is that of gRPC
        using HttpClient client = _tls.Client(Version.Parse(version));
        using HttpResponseMessage response = await client.GetAsync("/healthz/live");
        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
        Assert.Equal(200, (await _tls.Scheduler.CallAsync(null, "GET", "/healthz/live")).Status);
    }

    [Fact]
    public async Task Nothing_older_than_TLS_1_2_is_spoken()
    {
        await _tls.StartAsync();
        Assert.Equal("CN=first", await _tls.HandshakeAsync(SslProtocols.Tls12));
        Assert.Equal("CN=first", await _tls.HandshakeAsync(SslProtocols.Tls13));
#pragma warning disable SYSLIB0039 // the old protocol is what is refused
        await Assert.ThrowsAnyAsync<Exception>(() => _tls.HandshakeAsync(SslProtocols.Tls11));
#pragma warning restore SYSLIB0039
    }

    [Fact]
    public async Task A_new_certificate_serves_new_connections_and_the_open_ones_stay()
    {
        await _tls.StartAsync();
        var seen = new List<string>();
        using HttpClient open = _tls.Client(sees: seen.Add);
        (await open.GetAsync("/healthz/live")).EnsureSuccessStatusCode();

        using X509Certificate2 second = _tls.Edge.Issue("second");
        _tls.Serve(second, _tls.Edge);
        _tls.Files.Refresh();

        (await open.GetAsync("/healthz/live")).EnsureSuccessStatusCode();
        Assert.Equal(["CN=first"], seen); // one handshake: the connection lived on
        Assert.Equal("CN=second", await _tls.HandshakeAsync());
        string metrics = (await _tls.Scheduler.CallAsync(null, "GET", "/metrics")).Text;
        Assert.Contains($"scheduler_tls_certificate_expiry_timestamp_seconds {new DateTimeOffset(second.NotAfter.ToUniversalTime()).ToUnixTimeSeconds()}\n", metrics, StringComparison.Ordinal);
        Assert.Contains("scheduler_tls_files_refused 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_change_nothing_and_are_told_once()
    {
        await _tls.StartAsync();
        string good = await File.ReadAllTextAsync(_tls.CertificatePath), key = await File.ReadAllTextAsync(_tls.KeyPath);
        using X509Certificate2 other = _tls.Edge.Issue("other"), expired = _tls.Edge.Issue("expired", fromDays: -3, toDays: -2);
        foreach (Action spoil in (Action[])
            [
                () => File.WriteAllText(_tls.CertificatePath, other.ExportCertificatePem()), // its key is still the other's
                () => File.WriteAllText(_tls.CertificatePath, good[..(good.Length / 4)]),
                () => File.WriteAllText(_tls.CertificatePath, good.Replace("MII", "!!!", StringComparison.Ordinal)),
                () => File.WriteAllText(_tls.CertificatePath, ""),
                () => File.Delete(_tls.CertificatePath),
                () => _tls.Serve(expired, _tls.Edge),
            ])
        {
            int before = Errors().Length;
            spoil();
            _tls.Files.Refresh();
            _tls.Files.Refresh();
            Assert.Equal(before + 1, Errors().Length);
            Assert.Contains("TLS files cannot be used", Errors()[^1], StringComparison.Ordinal);
            Assert.Equal("CN=first", await _tls.HandshakeAsync());
            Assert.Contains("scheduler_tls_files_refused 1\n", (await _tls.Scheduler.CallAsync(null, "GET", "/metrics")).Text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(_tls.CertificatePath, good);
            await File.WriteAllTextAsync(_tls.KeyPath, key);
            _tls.Files.Refresh();
            Assert.Contains("scheduler_tls_files_refused 0\n", (await _tls.Scheduler.CallAsync(null, "GET", "/metrics")).Text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(_tls.Scheduler.Log.Lines, line => line.Contains("PRIVATE", StringComparison.Ordinal));

        _tls.Serve(other, _tls.Edge);
        _tls.Files.Refresh();
        Assert.Equal("CN=other", await _tls.HandshakeAsync());
    }

    [Fact]
    public async Task A_key_may_lie_in_the_file_of_its_certificate()
    {
        string both = await File.ReadAllTextAsync(_tls.KeyPath) + "\n" + await File.ReadAllTextAsync(_tls.CertificatePath);
        await File.WriteAllTextAsync(_tls.CertificatePath, both);
        await _tls.Scheduler.StartAsync(("Scheduler:Http:Url", "http://127.0.0.1:0;https://127.0.0.1:0"), ("Scheduler:Http:Tls:Certificate", _tls.CertificatePath));
        Assert.Equal("CN=first", await _tls.HandshakeAsync());
    }

    [Fact]
    public async Task An_expired_certificate_is_served_and_told_when_there_is_no_better_one()
    {
        using X509Certificate2 expired = _tls.Edge.Issue("expired", fromDays: -3, toDays: -2);
        _tls.Serve(expired, _tls.Edge);
        await _tls.StartAsync();
        await Assert.ThrowsAsync<AuthenticationException>(() => _tls.HandshakeAsync());
        Assert.Contains("expired at", Assert.Single(Errors()), StringComparison.Ordinal);
        using X509Certificate2 renewed = _tls.Edge.Issue("renewed");
        _tls.Serve(renewed, _tls.Edge);
        _tls.Files.Refresh();
        Assert.Equal("CN=renewed", await _tls.HandshakeAsync());
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", null, null, "Scheduler:Http:Tls:Certificate is needed")]
    [InlineData("http://127.0.0.1:0", "/nowhere/tls.crt", null, "no address of Scheduler:Http:Url is https")]
    [InlineData("https://127.0.0.1:0", null, "/nowhere/tls.key", "Scheduler:Http:Tls:Key needs")]
    [InlineData("https://127.0.0.1:0", "/nowhere/tls.crt", null, "/nowhere/tls.crt")]
    public async Task TLS_that_cannot_be_is_refused_at_the_start_in_words(string url, string? certificate, string? key, string told)
    {
        List<(string, string)> settings = [("Scheduler:Http:Url", url)];
        if (certificate is not null) settings.Add(("Scheduler:Http:Tls:Certificate", certificate));
        if (key is not null) settings.Add(("Scheduler:Http:Tls:Key", key));
        StartupException fault = await Assert.ThrowsAsync<StartupException>(() => _tls.Scheduler.StartAsync([.. settings]));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    private string[] Errors() => [.. _tls.Scheduler.Log.Lines.Where(line => line.StartsWith("Error ", StringComparison.Ordinal))];
}
