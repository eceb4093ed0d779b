using System.Globalization;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>Gives cells their ids.</summary>
internal static class CellIds
{
    /// <summary>
    /// Id of a cell: country, whole degrees toward zero, and 16 bits of a hash of country and name, as <c>GB-51n-000e-5089</c>. The
    /// coordinates are not hashed: databases move a place by some metres from month to month.
    /// </summary>
    /// <param name="anchor">The cell's place.</param>
    /// <param name="taken">Ids that are given already; the new one is added. On a clash the hash takes in a count.</param>
    public static string Give(Anchor anchor, HashSet<string> taken)
    {
        for (int attempt = 0; ; attempt++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{anchor.Country}|{anchor.Place}|{attempt}");
            ulong hash = StreamName.Hash(Encoding.UTF8.GetBytes(key));
            string id = Format(anchor.Country, anchor.Location, (ushort)(hash >> 48));
            if (taken.Add(id)) return id;
        }
    }

    private static string Format(string country, GeoPoint location, ushort hash)
    {
        int latitude = (int)location.Latitude, longitude = (int)location.Longitude;
        return string.Create(CultureInfo.InvariantCulture,
            $"{country}-{Math.Abs(latitude):00}{(latitude < 0 ? 's' : 'n')}-{Math.Abs(longitude):000}{(longitude < 0 ? 'w' : 'e')}-{hash:x4}");
    }
}
