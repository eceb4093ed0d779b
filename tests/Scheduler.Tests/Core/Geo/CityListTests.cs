using Scheduler.Core.Geo;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Geo;

public class CityListTests
{
    [Fact]
    public void Reads_cities()
    {
        City city = Assert.Single(CityList.Parse(CityList.Header + "\nSão Paulo,BR,-23.548,-46.636,10021295\n", out var problems));
        Assert.Empty(problems);
        Assert.Equal(new City("São Paulo", "BR", new(-23.548, -46.636), 10_021_295), city);
    }

    [Fact]
    public void Tells_every_bad_line()
    {
        CityList.Parse("name\nA,BR,1,2\nB,br,1,2,3\nC,BR,91,2,3\nD,BR,1,2,-3\n,BR,1,2,3\nE,BR,1,2,3,4\nF,BR,1,2,3", out var problems);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], problems.Select(p => p.Line));
    }
}
