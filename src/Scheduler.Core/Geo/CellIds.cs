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
            string id = string.Create(CultureInfo.InvariantCulture, $"{Square(anchor.Country, anchor.Location)}-{(ushort)(hash >> 48):x4}");
            if (taken.Add(id)) return id;
        }
    }

    /// <summary>
    /// Id of a carrier's cell: the place's country and whole degrees, and the number of the autonomous system. Where another place of the same
    /// square has that already: the id of the place's common cell, and the number.
    /// </summary>
    /// <param name="common">The common cell of the place.</param>
    /// <param name="carrier">The carrier.</param>
    /// <param name="taken">Ids that are given already; the new one is added.</param>
    public static string Give(Cell common, Carrier carrier, HashSet<string> taken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{Square(common.Country, common.Location)}-{carrier.Asn}");
        if (taken.Add(id)) return id;
        id = string.Create(CultureInfo.InvariantCulture, $"{common.Id}-{carrier.Asn}");
        // Only a map that is not ours, given as the one before, could have that one too.
        for (int count = 2; !taken.Add(id); count++) id = string.Create(CultureInfo.InvariantCulture, $"{common.Id}-{carrier.Asn}-{count}");
        return id;
    }

    private static string Square(string country, GeoPoint location)
    {
        int latitude = (int)location.Latitude, longitude = (int)location.Longitude;
        return string.Create(CultureInfo.InvariantCulture,
            $"{country}-{Math.Abs(latitude):00}{(latitude < 0 ? 's' : 'n')}-{Math.Abs(longitude):000}{(longitude < 0 ? 'w' : 'e')}");
    }
}
