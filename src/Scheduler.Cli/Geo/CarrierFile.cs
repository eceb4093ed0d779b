using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Geo;

/// <summary>Reads databases of autonomous systems of the command line, of either form.</summary>
internal static class CarrierFile
{
    /// <summary>Adds a file to a table.</summary>
    /// <param name="path">The file: a MaxMind DB, or a list as CSV; its content tells which.</param>
    /// <param name="carriers">The table.</param>
    /// <param name="warnings">Where rows are told that are left out.</param>
    /// <param name="type">What the file says it is, for people.</param>
    /// <param name="reason">Why it cannot be used: the file, where in it, and what is wrong.</param>
    public static bool TryAdd(
        string path, CarrierTable carriers, TextWriter warnings, [NotNullWhen(true)] out string? type,
        [NotNullWhen(false)] out string? reason)
    {
        (type, reason) = (null, null);
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return false;
        }
        if (DatabaseBytes.IsCompressed(file)) reason = $"{path}: {DatabaseBytes.Compressed}";
        else if (MmdbReader.TryOpen(file, out MmdbReader? database, out MmdbProblem? problem))
        {
            if (carriers.TryAdd(database, out problem)) type = database.Metadata.DatabaseType;
            else reason = $"{path}: {problem}";
        }
        // Text has no zero bytes, and no MaxMind DB is without them: a database whose end is missing is told as one.
        else if (problem.Fault != MmdbFault.NoMetadata || file.AsSpan().Contains((byte)0)) reason = $"{path}: {problem}";
        else
        {
            bool good = carriers.TryAdd(file, out ImmutableArray<LineProblem> overlaps, out LineProblem? wrong);
            foreach (LineProblem overlap in overlaps) warnings.WriteLine(Told(path, overlap));
            if (good) type = Path.GetFileName(path);
            else reason = Told(path, wrong!);
        }
        return reason is null;
    }

    private static string Told(string path, LineProblem problem) => FormattableString.Invariant($"{path}:{problem.Line}: {problem.Reason}");
}
