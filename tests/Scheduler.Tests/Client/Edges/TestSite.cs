using System.Text;
using System.Text.Json;
using Scheduler.Client.Edges;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Admin;
using Scheduler.Tests.Core.Sessions;

namespace Scheduler.Tests.Client.Edges;

/// <summary>Site lon1, number 7, with nodes lon1-01 (number 31) and lon1-02 (number 32), and the scheduler that makes its tickets.</summary>
internal sealed class TestSite(TimeProvider clock)
{
    private readonly TokenKeyRing _ring = Scheduler.Tests.Core.Sessions.Keys.One();

    public SiteKeys Keys { get; } = Parsed(Json(Scheduler.Tests.Core.Sessions.Keys.One()));

    /// <summary>What the scheduler answers about the site's keys.</summary>
    public static byte[] Json(TokenKeyRing ring) => JsonSerializer.SerializeToUtf8Bytes(
        new TicketKeyListMessage("lon1", 7, [.. ring.SiteKeys(7).Select(key => new TicketKeyMessage(key.KeyId, Secret(key), key.KeyId == ring.CurrentKeyId))])
        {
            Nodes = new Dictionary<string, int> { ["lon1-01"] = 31, ["lon1-02"] = 32 },
        },
        AdminJson.Wire.TicketKeyListMessage);

    public static SiteKeys Parsed(byte[] json)
    {
        Assert.True(SiteKeys.TryParse(json, out SiteKeys? keys, out string? problem), problem);
        return keys;
    }

    /// <summary>A ticket for lon1-01 and the stream live-42, of replica 2, with a place taken in period 9.</summary>
    public string Ticket(ulong session, int node = 31, byte? admittedIn = 9, int kbps = 4_000, byte replica = 2, TokenKeyRing? ring = null)
    {
        var claims = new TicketClaims(
            session, node, StreamName.Hash("live-42"u8), kbps, replica, SessionKind.Play, (uint)clock.GetUtcNow().ToUnixTimeSeconds() + 120)
        {
            AdmittedIn = admittedIn,
        };
        byte[] ticket = new byte[Scheduler.Core.Sessions.Ticket.Length];
        Scheduler.Core.Sessions.Ticket.Write(claims, (ring ?? _ring).SiteKey(7), ticket);
        return Encoding.ASCII.GetString(ticket);
    }

    private static string Secret(TicketKey key)
    {
        byte[] secret = new byte[TicketKey.SecretLength];
        key.CopySecretTo(secret);
        return Convert.ToBase64String(secret);
    }
}
