using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Simulator.Reports.Maps;

namespace Scheduler.Tests.Simulator.Reports.Maps;

public sealed class MapTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 180, 2_000, 0)]
    [InlineData(0, -180, -2_000, 0)]
    [InlineData(90, 0, 0, -973.4)]
    [InlineData(-90, 0, 0, 973.4)]
    public void Projection_puts_the_equator_and_the_poles_where_they_belong(double latitude, double longitude, double x, double y)
    {
        (double atX, double atY) = EqualEarth.Project(latitude, longitude);
        Assert.Equal(x, atX, 0.1);
        Assert.Equal(y, atY, 0.1);
    }

    [Fact]
    public void Equal_areas_are_equal_on_the_map()
    {
        // A band of one degree is as large on the map as on the globe: its width there times its height over cos(latitude) is the same everywhere.
        double[] areas = [.. Enumerable.Range(0, 85).Select(latitude =>
            EqualEarth.Project(latitude + 0.5, 180).X * (EqualEarth.Project(latitude, 0).Y - EqualEarth.Project(latitude + 1, 0).Y)
                / Math.Cos(double.DegreesToRadians(latitude + 0.5)))];
        Assert.All(areas, area => Assert.Equal(1, area / areas[0], 0.002));
    }

    [Fact]
    public void Coastline_is_light_and_stays_on_the_map()
    {
        string path = Coastline.Path();
        Assert.InRange(path.Length, 10_000, 40_000);
        (double x, double y) = (0, 0);
        foreach (Match step in Regex.Matches(path, @"([Ml])(-?\d+),(-?\d+)"))
        {
            (double dx, double dy) = (double.Parse(step.Groups[2].ValueSpan, CultureInfo.InvariantCulture), double.Parse(step.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
            bool begins = step.Groups[1].Value == "M";
            if (!begins) Assert.InRange(Math.Abs(dx), 0, 400); // a longer step would be a line across the map, where a coast meets the antimeridian
            (x, y) = begins ? (dx, dy) : (x + dx, y + dy);
            Assert.InRange(x, -2_001, 2_001);
            Assert.InRange(y, -974, 974);
        }
    }

    [Fact]
    public void The_view_shows_every_site() => Prop.ForAll(
        Gen.Zip(Gen.Choose(-54, 78), Gen.Choose(-180, 180)).NonEmptyListOf().ToArbitrary(),
        places =>
        {
            MapView view = MapView.Around(places.Select(place => RunResults.Site("x", "x", place.Item1, place.Item2, 0.5).Site));
            return places.Select(place => EqualEarth.Project(place.Item1, place.Item2)).All(at =>
                at.X >= view.Left - 1 && at.X <= view.Left + view.Width + 1 && at.Y >= view.Top && at.Y <= view.Top + view.Height);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_utilisation_has_a_class_and_only_what_is_over_capacity_is_overload()
    {
        Assert.Equal(["u0", "u0", "u1", "u2", "u3", "u4"], new[] { 0, 0.5, 0.7, 0.71, 1, 1.001 }.Select(utilisation => LoadClass.Of(utilisation).Css));
        Assert.Equal(["u4"], LoadClass.All.Where(range => range.IsOverload).Select(range => range.Css));
    }
}
