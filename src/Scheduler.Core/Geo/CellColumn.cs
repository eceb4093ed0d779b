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
            column.Number(cell.Carrier?.Asn ?? 0); // 0 is no autonomous system's number
            if (cell.Carrier is { } carrier) column.Text(carrier.Name);
        }
    }

    /// <summary>Reads the cells.</summary>
    /// <param name="column">The column.</param>
    /// <param name="count">Cells in it.</param>
    /// <param name="withCarriers">Whether the file's version has carriers.</param>
    /// <param name="cells">The cells.</param>
    /// <returns>Why it cannot be done; null when it is.</returns>
    public static string? Read(ColumnReader column, int count, bool withCarriers, out ImmutableArray<Cell> cells)
    {
        var read = ImmutableArray.CreateBuilder<Cell>(count);
        cells = [];
        for (int i = 0; i < count; i++)
        {
            if (!column.TryText(out string? id) || !column.TryText(out string? country) || !column.TryText(out string? place)
                || !column.TryReal(out double latitude) || !column.TryReal(out double longitude)
                || !column.TryCount(out long population) || !column.TryCount(out long weight))
                return "the cells cannot be read";
            Carrier? carrier = null;
            if (withCarriers && !TryCarrier(column, out carrier)) return $"the carrier of cell {id} cannot be read";
            var location = new GeoPoint(latitude, longitude);
            if (!location.IsValid) return $"cell {id} lies nowhere on earth";
            if (i > 0 && string.CompareOrdinal(read[i - 1].Id, id) >= 0) return $"cell {id} is out of order";
            read.Add(new Cell(id, country, place, location, population, weight) { Carrier = carrier });
        }
        if (!column.IsAtEnd) return "the cells' column is too long";
        cells = read.MoveToImmutable();
        return null;
    }

    private static bool TryCarrier(ColumnReader column, out Carrier? carrier)
    {
        carrier = null;
        if (!column.TryCount(out long asn) || asn > uint.MaxValue) return false;
        if (asn == 0) return true;
        if (!column.TryText(out string? name)) return false;
        carrier = new Carrier((uint)asn, name);
        return true;
    }
}
