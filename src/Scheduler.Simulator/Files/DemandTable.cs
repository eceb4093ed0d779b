using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Geo;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Files;

/// <summary>
/// Demand as operators have it: a CSV file with a header, the column <c>mbps</c>, and one or more ways to name a place: <c>cell</c>, <c>country</c>,
/// or <c>latitude</c> with <c>longitude</c>. Each row uses one of them. A country's demand is spread over its cells as its people are; a place's goes to the
/// nearest cell; what several rows give a cell adds up.
/// </summary>
/// <param name="map">The cells.</param>
/// <param name="problems">Takes what is wrong, by line, column and name of the column.</param>
internal sealed class DemandTable(CellMap map, DocumentProblems problems)
{
    /// <summary>Most rows: each place is compared with every cell of the map.</summary>
    private const int MostRows = 20_000;

    /// <summary>Highest demand of a row, Mbit/s: a thousand Tbit/s.</summary>
    private const double MostMbps = 1e9;

    private static readonly string[] Columns = ["cell", "country", "latitude", "longitude", "mbps"];

    private readonly double[] _mbps = new double[map.Cells.Length];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _columnOf = new(StringComparer.Ordinal);

    /// <summary>Reads the table.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>Mean demand by cell, in the map's order; without meaning when there are problems.</returns>
    public ImmutableArray<CellDemand> Read(string text)
    {
        List<CsvField[]> rows = CsvText.Rows(text, problems);
        if (rows.Count == 0)
        {
            if (problems.IsEmpty) problems.Add(DocumentPosition.Start, "", "is empty; its first line names columns such as cell,mbps");
            return [];
        }
        if (!ReadHeader(rows[0])) return [];
        if (rows.Count - 1 > MostRows) problems.Add(rows[MostRows + 1][0].Position, "", $"has {rows.Count - 1} rows; the most is {MostRows}");
        foreach (CsvField[] row in rows.Skip(1).Take(MostRows)) ReadRow(row);
        if (problems.IsEmpty && !(_mbps.Sum() > 0)) problems.Add(DocumentPosition.Start, "mbps", "is 0 in sum: nobody would watch");
        return [.. map.Cells.Select((cell, i) => new CellDemand(cell.Id, _mbps[i])).Where(cell => cell.Mbps > 0)];
    }

    private bool ReadHeader(CsvField[] header)
    {
        for (int i = 0; i < header.Length; i++)
        {
            string name = header[i].Text;
            if (!Columns.Contains(name))
                problems.Add(header[i].Position, name, $"is no column; columns are {string.Join(", ", Columns)}{NearestName.Hint(name, Columns)}");
            else if (!_columnOf.TryAdd(name, i)) problems.Add(header[i].Position, name, "is a column twice");
        }
        if (!_columnOf.ContainsKey("mbps")) problems.Add(header[0].Position, "mbps", "is required as a column");
        if (_columnOf.ContainsKey("latitude") != _columnOf.ContainsKey("longitude"))
            problems.Add(header[0].Position, "longitude", "latitude and longitude come together");
        if (!_columnOf.ContainsKey("cell") && !_columnOf.ContainsKey("country") && !_columnOf.ContainsKey("latitude"))
            problems.Add(header[0].Position, "cell", "a column must name places: cell, country, or latitude and longitude");
        return problems.IsEmpty;
    }

    private void ReadRow(CsvField[] row)
    {
        if (row.Length != _columnOf.Count)
        {
            problems.Add(row[0].Position, "", $"has {row.Length} fields; the header has {_columnOf.Count}");
            return;
        }
        double? mbps = Number(row, "mbps", 0, MostMbps);
        string? cell = Given(row, "cell"), country = Given(row, "country");
        bool isPoint = Given(row, "latitude") is not null || Given(row, "longitude") is not null;
        int ways = (cell is null ? 0 : 1) + (country is null ? 0 : 1) + (isPoint ? 1 : 0);
        if (ways != 1) problems.Add(row[0].Position, "", ways == 0 ? "names no place" : "names its place in more than one way");
        else if (cell is not null) AddCell(row, cell, mbps);
        else if (country is not null) AddCountry(row, country.ToUpperInvariant(), mbps);
        else AddPoint(row, mbps);
    }

    private void AddCell(CsvField[] row, string id, double? mbps)
    {
        CsvField field = row[_columnOf["cell"]];
        if (!map.TryFind(id, out int cell))
            problems.Add(field.Position, "cell", $"is no cell of the map{NearestName.Hint(id, map.Cells.Select(c => c.Id))}; `scheduler geo lookup` tells the cell of an address");
        else if (IsFirst(id, field, "cell")) _mbps[cell] += mbps ?? 0;
    }

    private void AddCountry(CsvField[] row, string country, double? mbps)
    {
        CsvField field = row[_columnOf["country"]];
        double people = 0;
        foreach (Cell cell in map.Cells)
            if (cell.Country == country) people += Weight(cell);
        if (people == 0)
        {
            problems.Add(field.Position, "country", "is no country of the map: two letters, ISO 3166-1");
            return;
        }
        if (!IsFirst(country, field, "country")) return;
        for (int i = 0; i < _mbps.Length; i++)
            if (map.Cells[i].Country == country) _mbps[i] += (mbps ?? 0) * Weight(map.Cells[i]) / people;
    }

    private void AddPoint(CsvField[] row, double? mbps)
    {
        double? latitude = Number(row, "latitude", -90, 90), longitude = Number(row, "longitude", -180, 180);
        if (latitude is not { } north || longitude is not { } east) return;
        string place = string.Create(CultureInfo.InvariantCulture, $"{north},{east}");
        if (IsFirst(place, row[_columnOf["latitude"]], "latitude") && map.TryFindNearest(new GeoPoint(north, east), out int cell)) _mbps[cell] += mbps ?? 0;
    }

    private bool IsFirst(string place, CsvField field, string column)
    {
        if (_lines.TryAdd(place, field.Position.Line)) return true;
        problems.Add(field.Position, column, string.Create(CultureInfo.InvariantCulture, $"{place} is in line {_lines[place]} already"));
        return false;
    }

    private double? Number(CsvField[] row, string column, double least, double most)
    {
        CsvField field = row[_columnOf[column]];
        if (double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most) return number;
        problems.Add(field.Position, column, string.Create(CultureInfo.InvariantCulture, $"must be a number in [{least:0}, {most:0}]"));
        return null;
    }

    private string? Given(CsvField[] row, string column) =>
        _columnOf.TryGetValue(column, out int index) && row[index].Text.Length > 0 ? row[index].Text : null;

    private static double Weight(Cell cell) => Math.Pow(cell.Population, WorldBuilder.PopulationExponent);
}
