using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Tests.Protocol.V1;

public sealed class JsonCursorTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" [ ] \n")]
    [InlineData("{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\\n\\\"\"}")]
    [InlineData("[-0,0.5,1e9,1E-9,-1.25e+2,123456789012345678901234567890]")]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("true")]
    [InlineData("  \"é漢😀\" ")]
    public void Json_is_taken(string text) => Assert.True(Accepts(WireSamples.Utf8(text)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{a:1}")]
    [InlineData("{1:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("]")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x10")]
    [InlineData("1a")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("tru")]
    [InlineData("truex")]
    [InlineData("nul")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\u0000b\"")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("// c\n{}")]
    [InlineData("{/**/}")]
    [InlineData("\uFEFF{}")]
    public void What_is_not_json_is_refused(string text) => Assert.False(Accepts(WireSamples.Utf8(text)));

    [Fact]
    public void Invalid_utf8_is_refused_anywhere()
    {
        Assert.False(Accepts([(byte)'"', 0xFF, (byte)'"']));
        Assert.False(Accepts([(byte)'"', 0xC0, 0x80, (byte)'"']));       // overlong
        Assert.False(Accepts([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'])); // a surrogate
        Assert.False(Accepts([(byte)'"', 0xE2, 0x82, (byte)'"']));
    }

    [Fact]
    public void Nesting_is_followed_to_its_limit_and_no_deeper()
    {
        string Nested(int depth) => new string('[', depth) + new string(']', depth);
        Assert.True(Accepts(WireSamples.Utf8(Nested(JsonCursor.MaxDepth))));
        Assert.False(Accepts(WireSamples.Utf8(Nested(JsonCursor.MaxDepth + 1))));
        Assert.False(Accepts(WireSamples.Utf8(new string('[', 1_000_000))));
    }

    [Fact]
    public void A_fault_tells_its_place()
    {
        JsonCursor cursor = new("{\"a\":tru}"u8);
        Assert.False(cursor.Skip());
        Assert.Equal("not valid JSON: a value is due, at byte 5", cursor.Describe());
    }

    [Fact]
    public void Numbers_are_read_as_the_library_reads_them()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            string text = random.Next(5) switch
            {
                0 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
                1 => BitConverter.Int64BitsToDouble(random.NextInt64()) is double d && double.IsFinite(d) ? d.ToString("R", CultureInfo.InvariantCulture) : "0",
                2 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 999)}.{random.Next(1000000):000000}e{random.Next(-40, 40)}"),
                3 => string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64()}{random.Next()}.{random.NextInt64()}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{random.Next()}e{random.Next(0, 30)}"),
            };
            JsonCursor cursor = new(WireSamples.Utf8(text));
            return cursor.ReadNumber(out JsonNumber number) && cursor.End()
                && number.Real.Equals(double.Parse(text, CultureInfo.InvariantCulture) + 0.0)
                && (!long.TryParse(text, CultureInfo.InvariantCulture, out long exact) || (number.TryRound(out long read) && read == exact));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("2.5", 3)]
    [InlineData("-2.5", -3)]
    [InlineData("2.4999", 2)]
    [InlineData("6e8", 600_000_000)]
    [InlineData("1.07e10", 10_700_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("1e-400", 0)]
    public void Numbers_are_rounded_to_the_nearest(string text, long expected)
    {
        JsonCursor cursor = new(WireSamples.Utf8(text));
        Assert.True(cursor.ReadNumber(out JsonNumber number) && number.TryRound(out long value) && value == expected);
    }

    [Theory]
    [InlineData("1e30")]
    [InlineData("1e400")]
    [InlineData("9223372036854775808")]
    [InlineData("-1e999999999999")]
    public void Numbers_beyond_64_bits_are_not_rounded(string text)
    {
        JsonCursor cursor = new(WireSamples.Utf8(text));
        Assert.True(cursor.ReadNumber(out JsonNumber number));
        Assert.False(number.TryRound(out _));
    }

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"\\u0073\\u00e9\\u6f22\\ud83d\\ude00\"", "sé漢😀")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    public void Escapes_are_resolved(string text, string expected)
    {
        JsonCursor cursor = new(WireSamples.Utf8(text));
        Assert.True(cursor.ReadString(out ReadOnlySpan<byte> value));
        Assert.Equal(expected, WireSamples.Text(value));
    }

    private static bool Accepts(byte[] text)
    {
        JsonCursor cursor = new(text);
        bool accepts = cursor.Skip() && cursor.End();
        Assert.Equal(accepts, cursor.Fault is null);
        Assert.Equal(JsonOracle.Accepts(text, JsonCursor.MaxDepth), accepts);
        return accepts;
    }
}
