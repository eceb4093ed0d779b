using FsCheck;
using FsCheck.Fluent;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Tests.Protocol.Grpc;

/// <summary>The small forms of the wire: timeouts, messages of a status, binary metadata, content types.</summary>
public sealed class WireFormTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("1M", 60_000)]
    [InlineData("99999999S", 99_999_999_000d)]
    [InlineData("250m", 250)]
    [InlineData("1u", 0.001)]
    [InlineData("1n", 0.0001)]
    [InlineData("0n", 0)]
    public void A_timeout_is_read(string text, double ms)
    {
        Assert.True(GrpcTimeout.TryParse(text, out TimeSpan timeout));
        Assert.Equal(ms, timeout.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("100000000m")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1.5S")]
    [InlineData("1s")]
    [InlineData("1x")]
    public void What_is_no_timeout_is_refused(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Fact]
    public void A_timeout_that_is_written_is_read_as_no_less_and_hardly_more() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 3_000_000)).Select(pair => new TimeSpan(((long)pair.Item1 * pair.Item2) + pair.Item2)).ToArbitrary(),
        timeout => GrpcTimeout.TryParse(GrpcTimeout.Format(timeout), out TimeSpan read) && read >= timeout && read - timeout <= (timeout * 1e-5) + TimeSpan.FromMicroseconds(1))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("all is well", "all is well")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("é", "%C3%A9")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("~\u007f", "~%7F")]
    public void A_message_has_one_spelling(string text, string encoded)
    {
        Assert.Equal(encoded, StatusMessage.Encode(text));
        Assert.Equal(text, StatusMessage.Decode(encoded));
    }

    [Fact]
    public void Every_message_comes_back_and_is_visible_ASCII_on_the_way() => Prop.ForAll<string?>(text =>
    {
        string sent = new([.. (text ?? "").EnumerateRunes().SelectMany(rune => rune.ToString())]);
        string encoded = StatusMessage.Encode(sent);
        return StatusMessage.Decode(encoded) == sent && encoded.All(c => c is >= ' ' and <= '~');
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_that_is_too_long_is_cut_between_characters()
    {
        string decoded = StatusMessage.Decode(StatusMessage.Encode(new string('é', 2_000)));
        Assert.Equal(new string('é', StatusMessage.MaxLength / 2), decoded);
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("%FF", "\uFFFD")]
    public void A_message_that_is_not_well_formed_is_read_all_the_same(string encoded, string text) => Assert.Equal(text, StatusMessage.Decode(encoded));

    [Fact]
    public void Binary_values_come_back_padded_or_not_alone_or_together() => Prop.ForAll<byte[]>(value =>
    {
        string bare = BinaryMetadata.Encode(value), padded = Convert.ToBase64String(value);
        return !bare.Contains('=', StringComparison.Ordinal)
            && BinaryMetadata.TryDecode($"{bare},{padded}", out IReadOnlyList<byte[]> values) && values.Count == 2 && values.All(read => read.AsSpan().SequenceEqual(value));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("*")]
    [InlineData("QUI")]
    [InlineData("A")]
    public void What_is_no_base64_is_refused_or_read_but_never_thrown_at(string field) => Assert.Equal(field == "QUI", BinaryMetadata.TryDecode(field, out _));

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("application/grpc;charset=utf-8", true)]
    [InlineData("application/grpc+json", false)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/json", false)]
    public void Only_gRPC_with_protobuf_is_gRPC(string type, bool is_it) => Assert.Equal(is_it, GrpcNames.IsContentType(type));

    [Theory]
    [InlineData("0", GrpcStatusCode.Ok, true)]
    [InlineData("16", GrpcStatusCode.Unauthenticated, true)]
    [InlineData("17", GrpcStatusCode.Unknown, true)]
    [InlineData("", GrpcStatusCode.Unknown, false)]
    [InlineData("-1", GrpcStatusCode.Unknown, false)]
    public void A_status_is_read(string text, GrpcStatusCode code, bool isNumber)
    {
        Assert.Equal(isNumber, GrpcStatus.TryParse(text, out GrpcStatusCode read));
        Assert.Equal(code, read);
    }
}
