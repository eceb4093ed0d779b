using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Scheduler.Server.Hosting;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Tls;

/// <summary>Who may report when reporters need client certificates: real handshakes on loopback.</summary>
public sealed class ReporterCertificateTests : IAsyncLifetime
{
    private readonly TlsScheduler _tls = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _tls.DisposeAsync().AsTask();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_verified_certificate_and_a_key_may_report_on_connection_after_connection(string version)
    {
        await StartAsync();
        using X509Certificate2 certificate = _tls.Reporters.Issue("node", TestAuthority.ClientUse);
        for (int connection = 0; connection < 3; connection++)
        {
            using HttpClient client = _tls.Client(Version.Parse(version), SslStreamCertificateContext.Create(certificate, null, offline: true));
            Assert.Equal((200, null), await ReportAsync(client));
            Assert.Equal((401, "/problems/unauthorized"), await ReportAsync(client, key: null)); // the key is needed none the less
        }
    }

    [Fact]
    public async Task An_intermediate_that_the_client_sends_is_believed_on_every_connection()
    {
        await StartAsync();
        using var region = new TestAuthority("region", _tls.Reporters);
        using X509Certificate2 certificate = region.Issue("node", TestAuthority.ClientUse);
        SslStreamCertificateContext chain = SslStreamCertificateContext.Create(certificate, [region.Public()], offline: true);
        for (int connection = 0; connection < 3; connection++)
        {
            using HttpClient client = _tls.Client(certificate: chain);
            Assert.Equal((200, null), await ReportAsync(client));
        }
    }

    [Fact]
    public async Task Without_a_certificate_or_without_TLS_nobody_reports_and_everything_else_goes_on()
    {
        await StartAsync();
        using HttpClient bare = _tls.Client();
        Assert.Equal((403, "/problems/certificate-required"), await ReportAsync(bare));
        Assert.Equal((403, "/problems/certificate-required"), await ReportAsync(bare, key: null));
        (await _tls.Scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/reports", """{"reports":[]}""")).Refuses(403, "certificate-required");
        (await bare.GetAsync("/healthz/live")).EnsureSuccessStatusCode();
        (await _tls.Scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status")).Succeeds();
    }

    [Fact]
    public async Task A_certificate_that_is_not_a_reporters_is_refused_with_its_reason_and_spoils_no_other_call()
    {
        await StartAsync();
        using var strangers = new TestAuthority("reporters"); // of the same name
        using X509Certificate2 expired = _tls.Reporters.Issue("expired", TestAuthority.ClientUse, -3, -2);
        using X509Certificate2 early = _tls.Reporters.Issue("early", TestAuthority.ClientUse, 0.5, 1);
        using X509Certificate2 server = _tls.Reporters.Issue("server", TestAuthority.ServerUse);
        using X509Certificate2 useless = _tls.Reporters.Issue("useless", use: null);
        using X509Certificate2 stranger = strangers.Issue("stranger", TestAuthority.ClientUse);
        using X509Certificate2 edge = _tls.Edge.Issue("edge", TestAuthority.ClientUse);
        foreach ((X509Certificate2 certificate, string reason) in ((X509Certificate2, string)[])
            [(expired, "expired"), (early, "in force"), (server, "clientAuth"), (useless, "clientAuth"), (stranger, "authority of reporters"), (edge, "authority of reporters")])
        {
            using HttpClient client = _tls.Client(certificate: SslStreamCertificateContext.Create(certificate, null, offline: true));
            Assert.Equal((403, "/problems/certificate-required"), await ReportAsync(client, reason: reason));
            (await client.GetAsync("/healthz/live")).EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task New_authorities_hold_for_open_connections_too()
    {
        await StartAsync();
        using var next = new TestAuthority("next reporters");
        using X509Certificate2 old = _tls.Reporters.Issue("old", TestAuthority.ClientUse), renewed = next.Issue("renewed", TestAuthority.ClientUse);
        using HttpClient one = _tls.Client(certificate: SslStreamCertificateContext.Create(old, null, offline: true));
        using HttpClient two = _tls.Client(certificate: SslStreamCertificateContext.Create(renewed, null, offline: true));
        Assert.Equal((200, null), await ReportAsync(one));
        Assert.Equal((403, "/problems/certificate-required"), await ReportAsync(two));

        await File.WriteAllTextAsync(_tls.AuthoritiesPath, _tls.Reporters.Pem + next.Pem);
        _tls.Files.Refresh();
        Assert.Equal((200, null), await ReportAsync(one));
        Assert.Equal((200, null), await ReportAsync(two));

        await File.WriteAllTextAsync(_tls.AuthoritiesPath, next.Pem);
        _tls.Files.Refresh();
        Assert.Equal((403, "/problems/certificate-required"), await ReportAsync(one));
        Assert.Equal((200, null), await ReportAsync(two));

        await File.WriteAllTextAsync(_tls.AuthoritiesPath, "nothing");
        _tls.Files.Refresh();
        Assert.Equal((200, null), await ReportAsync(two));
        Assert.Contains(_tls.Scheduler.Log.Lines, line => line.Contains("ReporterAuthorities", StringComparison.Ordinal) && line.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Authorities_that_are_none_are_refused_at_the_start()
    {
        using X509Certificate2 leaf = _tls.Reporters.Issue("leaf", TestAuthority.ClientUse);
        using var region = new TestAuthority("region", _tls.Reporters);
        foreach ((string pem, string told) in ((string, string)[])[("", "no PEM certificate"), (leaf.ExportCertificatePem(), "no authority"), (region.Pem, "add the root"), ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "broken")])
        {
            await File.WriteAllTextAsync(_tls.AuthoritiesPath, pem);
            StartupException fault = await Assert.ThrowsAsync<StartupException>(() => _tls.StartAsync(("Scheduler:Http:Tls:ReporterAuthorities", _tls.AuthoritiesPath)));
            Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Starts with authorities. The fleet's own reports would be refused: an empty batch tells as much.</summary>
    private async Task StartAsync()
    {
        await _tls.StartWithAuthoritiesAsync();
        await _tls.Scheduler.PutFleetAsync();
        await LiveScheduler.UntilAsync(async () => (await _tls.Scheduler.CallAsync(null, "GET", "/healthz/ready")).Status == 200, "ready");
    }

    private static async Task<(int, string?)> ReportAsync(HttpClient client, string? key = LiveScheduler.AdminKey, string reason = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/reports")
        {
            Content = new StringContent("""{"reports":[]}""", Encoding.UTF8, "application/json"), Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy,
        };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await client.SendAsync(request);
        JsonElement json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
        string? type = json.TryGetProperty("type", out JsonElement name) ? name.GetString() : null;
        if (reason.Length > 0) Assert.Contains(reason, json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        return ((int)response.StatusCode, type);
    }
}
