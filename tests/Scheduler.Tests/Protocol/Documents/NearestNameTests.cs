using Scheduler.Protocol.Documents;

namespace Scheduler.Tests.Protocol.Documents;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("stedy", "steady")]
    [InlineData("STORM", "storm")]
    [InlineData("fail_flash", "fail-flash")]
    [InlineData("steady", "steady")]
    [InlineData("", null)]
    [InlineData("nothing like it", null)]
    [InlineData("stormy-weather", null)]
    public void The_nearest_name_is_the_one_that_was_meant(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Of(written, ["steady", "storm", "fail-flash"]));

    [Fact]
    public void A_name_of_any_length_is_taken()
    {
        Assert.Null(NearestName.Of(new string('x', 100_000), ["steady"]));
        Assert.Null(NearestName.Of("steady", [new string('x', 100_000)]));
        Assert.Equal("", NearestName.Hint("x", []));
    }
}
