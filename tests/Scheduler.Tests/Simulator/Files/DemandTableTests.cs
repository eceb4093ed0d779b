using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Files;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Files;

public sealed class DemandTableTests
{
    private static Cell Largest => SmallWorld.Map.Cells.MaxBy(cell => cell.Population)!;

    [CheckoutWorldFact]
    public void A_cell_takes_what_its_row_says() => Assert.Equal(new CellDemand(Largest.Id, 12.5), Assert.Single(Read($"cell,mbps\n{Largest.Id},12.5\n")));

    [CheckoutWorldFact]
    public void A_country_is_spread_over_its_cells_by_their_people()
    {
        CellDemand[] demand = Read("country,mbps\nfr,1000\n");
        Dictionary<string, Cell> cells = SmallWorld.Map.Cells.ToDictionary(cell => cell.Id);
        Assert.True(demand.Length > 5);
        Assert.All(demand, d => Assert.Equal("FR", cells[d.Cell].Country));
        Assert.Equal(1_000, demand.Sum(d => d.Mbps), 1e-6);
        CellDemand[] byPeople = [.. demand.OrderBy(d => cells[d.Cell].Population)];
        Assert.Equal(byPeople.Select(d => d.Mbps).Order(), byPeople.Select(d => d.Mbps));
    }

    [CheckoutWorldFact]
    public void A_place_goes_to_the_nearest_cell_and_rows_add_up()
    {
        GeoPoint at = Largest.Location;
        Assert.True(SmallWorld.Map.TryFindNearest(at, out int nearest));
        string id = SmallWorld.Map.Cells[nearest].Id;
        CellDemand sum = Assert.Single(Read(FormattableString.Invariant($"mbps,longitude,latitude,cell\n1,{at.Longitude},{at.Latitude},\n2,{at.Longitude},{at.Latitude + 0.001},\n4,,,{id}\n")));
        Assert.Equal(new CellDemand(id, 7), sum);
    }

    [CheckoutWorldFact]
    public void Quotes_line_ends_and_blank_lines_are_those_of_the_format() =>
        Assert.Equal(new CellDemand(Largest.Id, 3), Assert.Single(Read($"\"cell\",\"mbps\"\r\n\r\n\"{Largest.Id}\", 3\r\n")));

    [CheckoutWorldTheory]
    [InlineData("", 1, 1, "", "is empty")]
    [InlineData("cell\nx", 1, 1, "mbps", "is required")]
    [InlineData("mbps\n1", 1, 1, "cell", "must name places")]
    [InlineData("cel,mbps\n", 1, 1, "cel", "is \"cell\" meant?", true)]
    [InlineData("mbps,mbps,country\n", 1, 6, "mbps", "twice")]
    [InlineData("latitude,mbps\n1,1", 1, 1, "longitude", "come together")]
    [InlineData("country,mbps\nXX,1", 2, 1, "country", "no country of the map")]
    [InlineData("country,mbps\nFR,1\nDE,1\nFR,1", 4, 1, "country", "line 2 already")]
    [InlineData("country,mbps\nFR,-1", 2, 4, "mbps", "[0, 1000000000]")]
    [InlineData("country,mbps\nFR,nan", 2, 4, "mbps", "must be a number")]
    [InlineData("country,mbps\nFR,1e12", 2, 4, "mbps", "must be a number")]
    [InlineData("country,mbps\nFR,", 2, 4, "mbps", "must be a number")]
    [InlineData("country,mbps\nFR,0", 1, 1, "mbps", "0 in sum")]
    [InlineData("country,mbps\n\"FR,1", 2, 1, "", "does not end")]
    [InlineData("country,mbps\n\"FR\"x,1", 2, 5, "", "must follow a closing quote")]
    [InlineData("country,mbps\nFR", 2, 1, "", "has 1 fields; the header has 2")]
    [InlineData("country,mbps\nFR,1,2", 2, 1, "", "has 3 fields")]
    [InlineData("country,cell,mbps\n,,2", 2, 1, "", "names no place")]
    [InlineData("country,cell,mbps\nFR,x,2", 2, 1, "", "more than one way")]
    [InlineData("cell,mbps\nnowhere,2", 2, 1, "cell", "is no cell")]
    [InlineData("latitude,longitude,mbps\n91,0,2", 2, 1, "latitude", "[-90, 90]")]
    public void A_fault_is_told_at_its_place(string csv, int line, int column, string field, string reason, bool isFirstOfSeveral = false)
    {
        var problems = new DocumentProblems();
        new DemandTable(SmallWorld.Map, problems).Read(csv);
        ImmutableArray<DocumentProblem> listed = problems.ToImmutable();
        if (!isFirstOfSeveral) Assert.Single(listed);
        Assert.Equal((line, column, field), (listed[0].Line, listed[0].Column, listed[0].Field));
        Assert.Contains(reason, listed[0].Reason, StringComparison.Ordinal);
    }

    [CheckoutWorldFact]
    public void A_line_break_in_quotes_counts_as_a_line()
    {
        var problems = new DocumentProblems();
        new DemandTable(SmallWorld.Map, problems).Read("country,mbps\n\"F\nR\",1\nXX,1\n");
        Assert.Equal([2, 4], problems.ToImmutable().Select(p => p.Line));
    }

    private static CellDemand[] Read(string csv)
    {
        var problems = new DocumentProblems();
        CellDemand[] demand = [.. new DemandTable(SmallWorld.Map, problems).Read(csv)];
        Assert.Empty(problems.ToImmutable());
        return demand;
    }
}
