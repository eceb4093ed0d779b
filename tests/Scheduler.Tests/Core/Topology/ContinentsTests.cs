using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Topology;

public sealed class ContinentsTests
{
    [Theory]
    [InlineData("NO", Continent.Europe)]
    [InlineData("TR", Continent.Asia)]
    [InlineData("EG", Continent.Africa)]
    [InlineData("MX", Continent.NorthAmerica)]
    [InlineData("BR", Continent.SouthAmerica)]
    [InlineData("NC", Continent.Oceania)]
    [InlineData("AQ", Continent.Antarctica)]
    public void A_country_lies_on_its_continent(string country, Continent continent) => Assert.Equal(continent, Continents.Of(country));

    [Theory]
    [InlineData("")]
    [InlineData("ZZ")]
    [InlineData("gb")]
    [InlineData("GBR")]
    public void No_country_lies_nowhere(string country) => Assert.Null(Continents.Of(country));

    [Fact]
    public void Every_country_has_one_continent()
    {
        int countries = 0;
        for (char a = 'A'; a <= 'Z'; a++)
            for (char b = 'A'; b <= 'Z'; b++)
                if (Continents.Of([a, b]) is not null) countries++;
        Assert.Equal(250, countries); // the 249 codes of ISO 3166-1 and XK
    }
}
