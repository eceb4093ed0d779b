using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

public sealed class TicketTests
{
    private const uint Now = 1_760_000_000;

    /// <summary>Made by <see cref="Sample"/>; its MAC and key derivation were checked against OpenSSL.</summary>
    private const string GoldenTicket = "AQEBAwAAADgBI0VniavN7wm9nzYBAjZTAAAPoGjnhhAj-Mx1A4AO9wditCYVN9nn";

    private static readonly TicketClaims SampleClaims = new(
        0x0123456789ABCDEF, 56, StreamName.Hash("live-42"u8), 4000, 3, SessionKind.Publish, Now + 3600);

    [Fact]
    public void What_was_written_is_read()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            TicketClaims claims = new(
                (ulong)random.NextInt64(), random.Next(), (ulong)random.NextInt64(), random.Next(), (byte)random.Next(1, 256),
                (SessionKind)random.Next(2), (uint)random.NextInt64(1, 1L << 32))
            {
                AdmittedIn = random.Next(3) == 0 ? null : (byte)random.Next(AdmissionPeriod.Count),
            };
            TicketKey key = Keys.One().SiteKey(random.Next(0, 1 << 20));
            byte[] ticket = Write(claims, key);
            return Ticket.Read(ticket, [key], claims.ExpiresAtUnixS - 1, out TicketClaims read) == TokenVerdict.Valid && read == claims
                && ticket.Length <= 120 && ticket.All(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.');
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        byte[] ticket = Sample();
        for (int bit = 0; bit < ticket.Length * 8; bit++)
        {
            ticket[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(ticket, Keys.One().SiteKey(7));
            ticket[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_truncation_and_extension_is_refused()
    {
        byte[] ticket = Sample();
        for (int length = 0; length < ticket.Length; length++) AssertRefused(ticket[..length], Keys.One().SiteKey(7));
        for (int more = 1; more <= 64; more++)
            AssertRefused([.. ticket, .. Enumerable.Repeat((byte)'=', more)], Keys.One().SiteKey(7));
    }

    [Fact]
    public void A_site_cannot_read_or_make_the_tickets_of_another()
    {
        for (int site = 0; site < 1000; site++)
        {
            TokenVerdict verdict = Ticket.Read(Sample(), [Keys.One().SiteKey(site)], Now, out _);
            Assert.Equal(site == 7 ? TokenVerdict.Valid : TokenVerdict.Forged, verdict);
        }
    }

    [Fact]
    public void A_site_with_its_own_secret_only_reads_its_tickets()
    {
        byte[] secret = new byte[TicketKey.SecretLength];
        TicketKey atScheduler = Keys.One().SiteKey(7);
        atScheduler.CopySecretTo(secret);
        TicketKey atEdge = new(7, atScheduler.KeyId, secret);
        Assert.Equal(TokenVerdict.Valid, Ticket.Read(Sample(), [atEdge], Now, out TicketClaims claims));
        Assert.Equal(SampleClaims, claims);
    }

    [Fact]
    public void While_keys_rotate_a_site_reads_tickets_under_both()
    {
        TicketKey[] keys = [.. Keys.Rotated().SiteKeys(7)];
        Assert.Equal([1, 2], keys.Select(key => (int)key.KeyId));
        Assert.Equal(TokenVerdict.Valid, Ticket.Read(Sample(), keys, Now, out _));
        Assert.Equal(TokenVerdict.Valid, Ticket.Read(Write(SampleClaims, Keys.Rotated().SiteKey(7)), keys, Now, out _));
        Assert.Equal(TokenVerdict.UnknownKey, Ticket.Read(Sample(), keys.AsSpan(1), Now, out _));
    }

    [Fact]
    public void A_ticket_opens_nothing_from_its_expiry_on()
    {
        TicketKey[] keys = [Keys.One().SiteKey(7)];
        Assert.Equal(TokenVerdict.Valid, Ticket.Read(Sample(), keys, Now + 3599, out _));
        Assert.Equal(TokenVerdict.Expired, Ticket.Read(Sample(), keys, Now + 3600, out _));
    }

    [Fact]
    public void The_layout_rests() => Assert.Equal(GoldenTicket, Encoding.ASCII.GetString(Sample()));

    [Fact]
    public void What_a_ticket_says_can_be_seen_without_a_key()
    {
        TicketClaims claims = SampleClaims with { AdmittedIn = 63 };
        Assert.True(Ticket.TryPeek(Write(claims, Keys.One().SiteKey(7)), out TicketClaims seen));
        Assert.Equal(claims, seen);
        Assert.False(Ticket.TryPeek("none"u8, out _));
    }

    [Theory] // for those who write an edge in another language
    [InlineData("a", "0ba5506edaf510df")]
    [InlineData("live-42", "09bd9f3601023653")]
    [InlineData("12345678", "a74d8d29906422ac")]
    [InlineData("a-longer_name.of~a-stream-2025", "b80da1292a2c5d82")]
    public void The_hash_of_a_stream_rests(string stream, string expected) =>
        Assert.Equal(expected, StreamName.Hash(Encoding.ASCII.GetBytes(stream)).ToString("x16"));

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        TokenKeyRing keys = Keys.One();
        TicketKey[] siteKeys = [keys.SiteKey(7)];
        byte[] ticket = Sample();
        Ticket.Read(ticket, siteKeys, Now, out _);

        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Ticket.Write(SampleClaims, keys.SiteKey(7), ticket);
                Ticket.Read(ticket, siteKeys, Now, out _);
            }
        }));
    }

    private static byte[] Sample() => Write(SampleClaims, Keys.One().SiteKey(7));

    private static byte[] Write(TicketClaims claims, TicketKey key)
    {
        byte[] ticket = new byte[Ticket.Length];
        Assert.Equal(Ticket.Length, Ticket.Write(claims, key, ticket));
        return ticket;
    }

    private static void AssertRefused(byte[] ticket, TicketKey key)
    {
        TokenVerdict verdict = Ticket.Read(ticket, [key], Now, out TicketClaims claims);
        Assert.True(verdict is TokenVerdict.Malformed or TokenVerdict.Forged or TokenVerdict.UnknownKey, verdict.ToString());
        Assert.Equal(default, claims);
    }
}
