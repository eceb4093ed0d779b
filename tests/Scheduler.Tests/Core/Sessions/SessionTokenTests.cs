using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Sessions;

public sealed class SessionTokenTests
{
    private const uint Now = 1_760_000_000;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void What_was_written_is_read()
    {
        Prop.ForAll(Seeds, seed =>
        {
            (SessionClaims claims, byte[] stream) = Any(seed);
            byte[] token = Write(claims, stream, Keys.One());
            Span<byte> name = new byte[StreamName.MaxLength];
            TokenVerdict verdict = SessionToken.Read(token, Keys.One(), claims.ExpiresAtUnixS - 1, name, out SessionClaims read, out int length);
            return verdict == TokenVerdict.Valid && read == claims && name[..length].SequenceEqual(stream)
                && token.Length is >= SessionToken.MinLength and <= SessionToken.MaxLength
                && token.All(b => Characters.Contains((char)b));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        byte[] token = Sample();
        for (int bit = 0; bit < token.Length * 8; bit++)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(token);
            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(TokenVerdict.Valid, Read(token, Keys.One()));
    }

    [Fact]
    public void Every_truncation_and_extension_is_refused()
    {
        byte[] token = Sample();
        for (int length = 0; length < token.Length; length++) AssertRefused(token[..length]);
        for (int more = 1; more <= 200; more++) AssertRefused([.. token, .. Enumerable.Repeat((byte)'A', more)]);
    }

    [Theory]
    [InlineData("====")]
    [InlineData("    ")]
    [InlineData("\n\n\n\n")]
    [InlineData("AA==")]
    public void Padding_and_white_space_give_no_second_spelling(string tail)
    {
        byte[] token = Sample();
        AssertRefused([.. token, .. Encoding.ASCII.GetBytes(tail)]);
        AssertRefused([.. Encoding.ASCII.GetBytes(tail), .. token]);
        AssertRefused([.. token[..40], .. Encoding.ASCII.GetBytes(tail), .. token[40..]]);
    }

    [Fact]
    public void Noise_is_refused_without_an_exception()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = new byte[random.Next(0, 300)];
            if (i % 2 == 0) random.NextBytes(noise);
            else for (int j = 0; j < noise.Length; j++) noise[j] = (byte)Characters[random.Next(64)];
            AssertRefused(noise);
        }
    }

    [Fact]
    public void Keys_of_another_platform_verify_nothing() => Assert.Equal(TokenVerdict.Forged, Read(Sample(), Keys.Foreign()));

    [Fact]
    public void A_token_under_an_older_listed_key_holds() => Assert.Equal(TokenVerdict.Valid, Read(Sample(), Keys.Rotated()));

    [Fact]
    public void A_token_under_a_key_that_is_gone_is_told_apart() =>
        Assert.Equal(TokenVerdict.UnknownKey, Read(Sample(), new TokenKeyRing([Keys.Master(2, 100)], 2)));

    [Fact]
    public void A_token_does_not_hold_at_its_expiry_and_still_says_what_it_is()
    {
        byte[] token = Sample();
        Assert.Equal(TokenVerdict.Valid, SessionToken.Read(token, Keys.One(), Now + 74, out _));
        Assert.Equal(TokenVerdict.Expired, SessionToken.Read(token, Keys.One(), Now + 75, out SessionClaims claims));
        Assert.Equal(SampleClaims, claims);
    }

    [Fact]
    public void A_ticket_is_no_token()
    {
        byte[] ticket = new byte[Ticket.Length];
        Ticket.Write(new TicketClaims(1, 2, 3, 4, 5, SessionKind.Play, Now + 75), Keys.One().SiteKey(1), ticket);
        AssertRefused(ticket);
    }

    [Fact]
    public void A_stream_that_is_not_that_of_the_claims_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Write(SampleClaims, "other"u8, Keys.One()));

    [Fact]
    public void The_layout_rests() => Assert.Equal(GoldenToken, Encoding.ASCII.GetString(Sample()));

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        TokenKeyRing keys = Keys.One();
        byte[] token = new byte[SessionToken.MaxLength];
        int length = SessionToken.Write(SampleClaims, "live-42"u8, keys, token);
        SessionToken.Read(token.AsSpan(0, length), keys, Now, out _);

        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                SessionToken.Write(SampleClaims, "live-42"u8, keys, token);
                SessionToken.Read(token.AsSpan(0, length), keys, Now, out _);
            }
        }));
    }

    /// <summary>Made by <see cref="Sample"/>; its MAC and key derivation were checked against OpenSSL.</summary>
    private const string GoldenToken = "AQEBI0VniavN7_7cuph2VDIQAAAE0gAAADgAAA-gaOd4SwMAAQdsaXZlLTQyAADBLlJFkbrWY5WWe9B2yZgG";

    private static Arbitrary<int> Seeds => ArbMap.Default.ArbFor<int>();

    private static SessionClaims SampleClaims { get; } = new(
        0x0123456789ABCDEF, 0xFEDCBA9876543210, 1234, 56, StreamName.Hash("live-42"u8), 4000, 3, SessionKind.Play, StreamProtocols.Hls, Now + 75);

    private static byte[] Sample() => Write(SampleClaims, "live-42"u8, Keys.One());

    private static (SessionClaims Claims, byte[] Stream) Any(int seed)
    {
        Random random = new(seed);
        byte[] stream = new byte[random.Next(1, StreamName.MaxLength + 1)];
        for (int i = 0; i < stream.Length; i++) stream[i] = (byte)"abcXYZ019._~-"[random.Next(13)];
        SessionClaims claims = new(
            (ulong)random.NextInt64(), (ulong)random.NextInt64(), random.Next(), random.Next(), StreamName.Hash(stream), random.Next(),
            (byte)random.Next(1, 256), (SessionKind)random.Next(2), (StreamProtocols)random.Next(64), (uint)random.NextInt64(1, 1L << 32));
        return (claims, stream);
    }

    private static byte[] Write(SessionClaims claims, ReadOnlySpan<byte> stream, TokenKeyRing keys)
    {
        byte[] token = new byte[SessionToken.MaxLength];
        return token[..SessionToken.Write(claims, stream, keys, token)];
    }

    private static TokenVerdict Read(byte[] token, TokenKeyRing keys) => SessionToken.Read(token, keys, Now, out _);

    private static void AssertRefused(byte[] token)
    {
        TokenVerdict verdict = SessionToken.Read(token, Keys.One(), Now, out SessionClaims claims);
        Assert.True(verdict is TokenVerdict.Malformed or TokenVerdict.Forged or TokenVerdict.UnknownKey, verdict.ToString());
        Assert.Equal(default, claims);
    }
}
