using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Geo;

/// <summary>Opens city databases of the command line.</summary>
internal static class CityDatabaseFile
{
    /// <summary>Reads a database into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reader">The database.</param>
    /// <param name="reason">Why it cannot be used.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out MmdbReader? reader, [NotNullWhen(false)] out string? reason)
    {
        reader = null;
        try
        {
            byte[] file = File.ReadAllBytes(path);
            if (MmdbReader.TryOpen(file, out reader, out MmdbProblem? problem))
            {
                reason = null;
                return true;
            }
            reason = DatabaseBytes.IsCompressed(file) ? $"{path}: {DatabaseBytes.Compressed}" : $"{path}: {problem}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }
        return false;
    }
}
