using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>The cells of a map as one column of its file.</summary>
internal static class CellColumn
{
    /// <summary>Writes all cells.</summary>
    public static void Write(ImmutableArray<Cell> cells, ColumnWriter column)
    {
        foreach (Cell cell in cells)
        {
            column.Text(cell.Id);
            column.Text(cell.Country);
            column.Text(cell.Place);
            column.Real(cell.Location.Latitude);
            column.Real(cell.Location.Longitude);
            column.Number((ulong)cell.Population);
            column.Number((ulong)cell.AddressWeight);
        }
    }

    /// <summary>Reads the cells.</summary>
    /// <returns>Why it cannot be done; null when it is.</returns>
    public static string? Read(ColumnReader column, int count, out ImmutableArray<Cell> cells)
    {
        var read = ImmutableArray.CreateBuilder<Cell>(count);
        cells = [];
        for (int i = 0; i < count; i++)
        {
            if (!column.TryText(out string? id) || !column.TryText(out string? country) || !column.TryText(out string? place)
                || !column.TryReal(out double latitude) || !column.TryReal(out double longitude)
                || !column.TryCount(out long population) || !column.TryCount(out long weight))
                return "the cells cannot be read";
            var location = new GeoPoint(latitude, longitude);
            if (!location.IsValid) return $"cell {id} lies nowhere on earth";
            if (i > 0 && string.CompareOrdinal(read[i - 1].Id, id) >= 0) return $"cell {id} is out of order";
            read.Add(new Cell(id, country, place, location, population, weight));
        }
        if (!column.IsAtEnd) return "the cells' column is too long";
        cells = read.MoveToImmutable();
        return null;
    }
}
