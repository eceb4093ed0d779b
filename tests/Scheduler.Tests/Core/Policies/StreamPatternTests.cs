using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Policies;

namespace Scheduler.Tests.Core.Policies;

public sealed class StreamPatternTests
{
    [Theory]
    [InlineData("live", "live", true)]
    [InlineData("live", "live2", false)]
    [InlineData("live-*", "live-42", true)]
    [InlineData("live-*", "live-", true)]
    [InlineData("live-*", "live", false)]
    [InlineData("*", "anything", true)]
    [InlineData("*-hd", "cup-hd", true)]
    [InlineData("a*a", "a", false)] // the ends may not share a character
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("Live", "live", false)]
    public void A_star_is_any_run_of_characters(string pattern, string name, bool matches) =>
        Assert.Equal(matches, StreamPattern.Of(pattern).Matches(Encoding.ASCII.GetBytes(name)));

    [Fact]
    public void A_pattern_matches_what_the_same_regular_expression_matches() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements('a', 'b', '*'), 6).ToArbitrary(), Gen.ArrayOf(Gen.Elements('a', 'b'), 5).ToArbitrary(), (letters, name) =>
        {
            string text = new(letters);
            if (StreamPattern.FindFault(text) is not null) return true;
            bool expected = Regex.IsMatch(new string(name), "^" + text.Replace("*", ".*", StringComparison.Ordinal) + "$");
            return StreamPattern.Of(text).Matches(Encoding.ASCII.GetBytes(name)) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("*a*b*c*d*")]
    public void What_no_stream_can_be_named_is_no_pattern(string text) => Assert.NotNull(StreamPattern.FindFault(text));
}
