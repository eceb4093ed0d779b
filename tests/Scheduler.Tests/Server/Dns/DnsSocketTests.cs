using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Dns;
using Scheduler.Tests.Protocol.Dns;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Dns;

/// <summary>Answers over real sockets of loopback.</summary>
public sealed class DnsSocketTests : IAsyncLifetime
{
    private const string Zones = """{"zones":[{"origin":"live.example.com","name_servers":["ns1"],"hostmaster":"h@example.com","records":[{"name":"ns1","type":"A","data":"192.0.2.53"}],"steered":[{"name":"play"}]}]}""";
    private static readonly byte[] Question = Ask.For("ns1.live.example.com", RecordType.A);
    private readonly LiveScheduler _scheduler = new() { Settings = [("Scheduler:Dns:Listen", "0.0.0.0:0"), ("Scheduler:Dns:TcpConnections", "2"), ("Scheduler:Dns:TcpIdleS", "60")] };

    public async Task InitializeAsync()
    {
        await _scheduler.InitializeAsync();
        (await _scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/zones", Encoding.UTF8.GetBytes(Zones), ("If-Match", "*"))).Succeeds();
        await LiveScheduler.UntilAsync(async () => (await UdpAsync(IPAddress.Loopback, Question)) is not null, "answering");
    }

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task A_question_over_udp_is_answered_from_the_address_that_was_asked()
    {
        // The socket is connected: an answer from another address would not arrive.
        foreach (string address in (string[])["127.0.0.1", "127.0.0.2", "127.9.8.7"])
            Assert.Equal(["192.0.2.53"], (await UdpAsync(IPAddress.Parse(address), Question))!.Addresses);
        Assert.Equal(RecordType.Https, (await UdpAsync(IPAddress.Loopback, Ask.For("play.live.example.com", RecordType.Https)))!.Answers[0].Type);
    }

    [Fact]
    public async Task Questions_over_tcp_may_come_in_pieces_and_many_at_once()
    {
        using TcpClient client = await ConnectAsync();
        byte[] framed = [.. Ask.Number((ushort)Question.Length), .. Question];
        byte[] many = [.. Enumerable.Repeat(framed, 50).SelectMany(bytes => bytes)];
        for (int at = 0; at < many.Length; at += 77) await client.GetStream().WriteAsync(many.AsMemory(at, Math.Min(77, many.Length - at)));
        for (int i = 0; i < 50; i++) Assert.Equal(["192.0.2.53"], (await ReadAsync(client)).Addresses);
    }

    [Fact]
    public async Task At_the_limit_the_connection_that_has_been_idle_for_longest_makes_room()
    {
        using TcpClient first = await ConnectAsync();
        await SendAsync(first);
        using TcpClient second = await ConnectAsync();
        long asked = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromMilliseconds(3)) await SendAsync(second); // so that the ages differ
        using TcpClient third = await ConnectAsync();
        await SendAsync(third);
        await SendAsync(second);
        Assert.True(await IsClosedAsync(first));
        Assert.True(_scheduler.Services.GetRequiredService<DnsCounters>().Of(DnsFate.ConnectionClosed) > 0);
    }

    [Fact]
    public async Task What_was_answered_is_counted_by_zone_and_code()
    {
        await UdpAsync(IPAddress.Loopback, Ask.For("no.live.example.com", RecordType.A));
        await UdpAsync(IPAddress.Loopback, Ask.For("example.org", RecordType.A));
        string metrics = (await _scheduler.CallAsync(null, "GET", "/metrics")).Text;
        Assert.Contains("scheduler_dns_answers_total{zone=\"live.example.com.\",rcode=\"nxdomain\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("scheduler_dns_answers_total{zone=\"\",rcode=\"refused\"} 1", metrics, StringComparison.Ordinal);
    }

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]) == 0;
        }
        catch (IOException)
        {
            return true; // a connection that was reset is closed too
        }
    }

    private int Port => Assert.Single(_scheduler.Services.GetRequiredService<DnsService>().Endpoints).Port;

    /// <summary>Asks once; null when nothing came in time.</summary>
    private async Task<Reading?> UdpAsync(IPAddress address, byte[] question)
    {
        using var client = new UdpClient();
        client.Connect(address, Port);
        await client.SendAsync(question);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            return new Reading((await client.ReceiveAsync(patience.Token)).Buffer);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        return client;
    }

    private static async Task SendAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync((byte[])[.. Ask.Number((ushort)Question.Length), .. Question]);
        Assert.Equal(DnsRcode.NoError, (await ReadAsync(client)).Rcode);
    }

    private static async Task<Reading> ReadAsync(TcpClient client)
    {
        byte[] length = new byte[2];
        await client.GetStream().ReadExactlyAsync(length);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await client.GetStream().ReadExactlyAsync(answer);
        return new Reading(answer);
    }
}
