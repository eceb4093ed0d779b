using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>A short name of a list of sites: a page that was drawn for another list knows that its places have another meaning, and draws itself anew.</summary>
internal static class FleetTag
{
    /// <summary>The tag of these sites in this order.</summary>
    public static string Of(ImmutableArray<SiteRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SiteRow row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row.Site.Id));
            hash.AppendData([0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}
