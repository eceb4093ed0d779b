using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Dns;

/// <summary>Names as Debian's own tools see them: dig, dnsperf, and a PowerDNS in front.</summary>
public sealed class NameServerTests : IAsyncLifetime
{
    private const string Zones = """
        {"zones":[{"origin":"live.example.com","name_servers":["ns1"],"hostmaster":"h@example.com","client_subnet":true,
          "records":[{"name":"ns1","type":"A","data":"192.0.2.53"},{"name":"www","type":"CNAME","data":"play"},{"name":"*.wild","type":"TXT","data":"\"any\""}],
          "steered":[{"name":"play","alpn":["h2"]}]}]}
        """;

    private readonly ScratchDirectory _scratch = new();
    private readonly int _port = FreePort();
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(
            _scratch.Root, "--demo", string.Create(CultureInfo.InvariantCulture, $"--Scheduler:Dns:Listen=127.0.0.1:{_port}"), "--Scheduler:Overload:TargetMs=0", "--Scheduler:Dns:ResponsesPerS=0");
        using var http = new HttpClient { BaseAddress = new Uri(_server.Url) };
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/admin/zones") { Content = new StringContent(Zones, System.Text.Encoding.UTF8, "application/json") };
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        using HttpResponseMessage answer = await http.SendAsync(put);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Deadline.UntilAsync(async () => (await DigAsync(_port, "ns1.live.example.com A +short")).Trim() == "192.0.2.53", "answering");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Dig_gets_what_the_http_call_would_give()
    {
        string london = await DigAsync(_port, "www.live.example.com A +subnet=81.2.69.0/24");
        Assert.Contains("status: NOERROR", london, StringComparison.Ordinal);
        Assert.Matches(@"CLIENT-SUBNET: 81\.2\.69\.0/24/2\d", london);
        Assert.Contains("(good)", london, StringComparison.Ordinal); // the cookie
        JsonElement look = await _server.CallAsync(200, "GET", "/v1/admin/dns?name=play.live.example.com&from=81.2.69.0");
        string[] nodes = [.. look.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("data").GetString()!)];
        Assert.NotEmpty(nodes);
        string site = look.GetProperty("steered").GetProperty("nodes")[0].GetProperty("site").GetString()!;
        await _server.CallAsync(201, "POST", "/v1/admin/drains", $$"""{"target":"{{site}}","reason":"a test","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""");
        string after = await DigAsync(_port, "play.live.example.com A +short +subnet=81.2.69.0/24");
        Assert.NotEmpty(after.Trim());
        JsonElement told = await _server.CallAsync(200, "GET", "/v1/admin/dns?name=play.live.example.com&from=81.2.69.0");
        Assert.DoesNotContain(told.GetProperty("steered").GetProperty("nodes").EnumerateArray(), node => node.GetProperty("site").GetString() == site);
    }

    [Fact]
    public async Task Dig_understands_every_kind_of_answer()
    {
        Assert.Contains("status: NXDOMAIN", await DigAsync(_port, "no.live.example.com A"), StringComparison.Ordinal);
        Assert.Contains("status: REFUSED", await DigAsync(_port, "example.org A"), StringComparison.Ordinal);
        Assert.Contains("status: BADVERS", await DigAsync(_port, "live.example.com SOA +edns=1 +noednsnegotiation"), StringComparison.Ordinal);
        Assert.Contains("status: NOTIMP", await DigAsync(_port, "live.example.com SOA +opcode=5"), StringComparison.Ordinal);
        Assert.Contains("status: NOERROR", await DigAsync(_port, "live.example.com TYPE1000 +ednsopt=65001:0102"), StringComparison.Ordinal);
        Assert.Contains("alpn=\"h2\"", await DigAsync(_port, "play.live.example.com HTTPS +tcp"), StringComparison.Ordinal);
        Assert.Equal("\"any\"", (await DigAsync(_port, "x.y.wild.live.example.com TXT +short")).Trim());
        Assert.DoesNotContain("malformed", await DigAsync(_port, "play.live.example.com AAAA +tcp +keepopen"), StringComparison.Ordinal);
    }

    [CheckoutFact]
    public async Task Powerdns_in_front_answers_the_same_zones()
    {
        JsonElement key = await _server.CallAsync(201, "POST", "/v1/admin/keys", """{"kind":"backend","name":"powerdns"}""");
        int port = FreePort();
        string folder = _scratch.File("powerdns");
        Directory.CreateDirectory(folder);
        string sample = await File.ReadAllTextAsync(Path.Combine(Checkout.Root!, "deploy/powerdns/pdns.conf"));
        string configuration = string.Join('\n', sample.Split('\n').Where(line => !line.StartsWith("local-address", StringComparison.Ordinal)))
            .Replace("http://127.0.0.1:8080", _server.Url, StringComparison.Ordinal).Replace("/KEY,", $"/{key.GetProperty("key").GetString()},", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "pdns.conf"), string.Create(CultureInfo.InvariantCulture, $"{configuration}\nlocal-address=127.0.0.1\nlocal-port={port}\nsocket-dir={folder}\nsetuid=\nsetgid=\n"));
        using Process powerDns = Process.Start(new ProcessStartInfo("/usr/sbin/pdns_server", ["--config-dir=" + folder, "--daemon=no", "--guardian=no", "--disable-syslog", "--write-pid=no"])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _ = powerDns.StandardError.ReadToEndAsync();
        _ = powerDns.StandardOutput.ReadToEndAsync();
        try
        {
            await Deadline.UntilAsync(async () => (await DigAsync(port, "ns1.live.example.com A +short")).Trim() == "192.0.2.53", "answering through PowerDNS");
            string steered = await DigAsync(port, "www.live.example.com A +subnet=81.2.69.0/24");
            Assert.Matches(@"CLIENT-SUBNET: 81\.2\.69\.0/24/2\d", steered);
            Assert.Matches(@"play\.live\.example\.com\.\s+\d+\s+IN\s+A\s+198\.18\.", steered);
            Assert.Equal("\"any\"", (await DigAsync(port, "x.wild.live.example.com TXT +short")).Trim());
            Assert.Contains("status: NXDOMAIN", await DigAsync(port, "no.live.example.com A"), StringComparison.Ordinal);
        }
        finally
        {
            powerDns.Kill();
            await powerDns.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Under_load_every_question_is_answered()
    {
        string names = _scratch.File("names");
        await File.WriteAllLinesAsync(names, ["play.live.example.com A", "play.live.example.com AAAA", "www.live.example.com A", "no.live.example.com A", "live.example.com SOA"]);
        string report = await RunAsync("dnsperf", $"-s 127.0.0.1 -p {_port} -d {names} -l 2 -c 4 -q 50 -t 5");
        Assert.Matches(@"Queries lost:\s+0 ", report);
        Assert.Matches(@"NOERROR \d+ \(80\.", report);
    }

    private static Task<string> DigAsync(int port, string question) => RunAsync("dig", $"@127.0.0.1 -p {port} +time=2 +tries=1 {question}");

    private static async Task<string> RunAsync(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    /// <summary>A port that is free over UDP and TCP.</summary>
    private static int FreePort()
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        int port = ((IPEndPoint)tcp.LocalEndpoint).Port;
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        return port;
    }
}
