using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Geo;

/// <summary>Finds and reads the map file of the command line.</summary>
internal static class MapFile
{
    /// <summary>Where a checkout keeps the map.</summary>
    public const string DefaultPath = "geo-data/world.cells";

    /// <summary>Looks for the map from the working directory upward, then from the program's directory upward.</summary>
    /// <returns>Null when there is none.</returns>
    public static string? Find(string workingDirectory, string programDirectory) => FindAbove(workingDirectory) ?? FindAbove(programDirectory);

    /// <summary>Reads a map.</summary>
    /// <param name="path">The file; null to look for it.</param>
    /// <param name="map">The map.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryLoad(string? path, [NotNullWhen(true)] out CellMap? map, [NotNullWhen(false)] out string? reason)
    {
        map = null;
        path ??= Find(Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        if (path is null)
        {
            reason = $"there is no {DefaultPath} here or above; name one with --map";
            return false;
        }
        try
        {
            if (CellMapCodec.TryRead(File.ReadAllBytes(path), out map, out reason)) return true;
            reason = $"{path}: {reason}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }
        return false;
    }

    private static string? FindAbove(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, DefaultPath);
            if (File.Exists(path)) return path;
        }
        return null;
    }
}
