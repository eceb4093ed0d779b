using System.Globalization;
using System.Security.Cryptography;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Ids of drains: a letter, a dash and a number, by which they are listed.</summary>
internal static class DrainIds
{
    private const string Prefix = "d-";
    private const string LocalPrefix = "l-";
    private const int ChanceBits = 20;

    /// <summary>Id of the drain that a revision starts: it starts at most one, so the id is unique for ever.</summary>
    /// <param name="revision">Number of the revision.</param>
    public static string Of(long revision) => Prefix + revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>Id of a drain that a replica takes by itself: nobody can be asked for a number, so time and chance make one.</summary>
    /// <param name="now">The time.</param>
    public static string NewLocal(DateTimeOffset now) =>
        LocalPrefix + ((now.ToUnixTimeSeconds() << ChanceBits) | (long)RandomNumberGenerator.GetInt32(1 << ChanceBits)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The number in an id: local drains come after the others, in the order of their making.</summary>
    /// <param name="id">An id.</param>
    public static long NumberOf(string id) => long.Parse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
