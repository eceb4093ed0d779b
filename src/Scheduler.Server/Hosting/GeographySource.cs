using System.Collections.Immutable;
using System.Runtime;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>Reads the cell map and the operator's overrides, and reads them again when a file changes. A file that cannot be read changes nothing.</summary>
public sealed partial class GeographySource(
    GeoOptions options, INumberStore numbers, ControlLoop control, ConfigurationCentre centre, ILogger<GeographySource> log)
{
    private const string BundledMap = "geo-data/world.cells";
    private (DateTime, long, DateTime, long) _read;
    private Fleet? _readWith;

    /// <summary>Looks whether a file has changed since it was read last, and if so, reads and applies.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        string? map = options.Map ?? FindBundled();
        if (map is null)
        {
            if (_read != default) return;
            _read = (DateTime.MaxValue, 0, default, 0);
            NoMap();
            return;
        }
        (DateTime, long, DateTime, long) stamp = (WrittenAt(map), LengthOf(map), WrittenAt(options.Overrides), LengthOf(options.Overrides));
        // Overrides name sites: they are judged anew when the fleet changes.
        Fleet? fleet = options.Overrides is null ? null : centre.Current.Fleet;
        if (stamp == _read && ReferenceEquals(fleet, _readWith)) return;
        (_read, _readWith) = (stamp, fleet);
        try
        {
            await LoadAsync(map, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unreadable(fault.Message);
        }
    }

    private async Task LoadAsync(string path, CancellationToken cancellation)
    {
        if (!CellMapCodec.TryRead(await File.ReadAllBytesAsync(path, cancellation), out CellMap? map, out string? reason))
        {
            Unreadable($"{path}: {reason}");
            return;
        }
        if (!TryReadOverrides(map, out IReadOnlyList<PrefixOverride> overrides)) return;
        if (!CellLocator.TryCreate(map, options.DefaultCell, overrides, out CellLocator? locator, out ImmutableArray<string> problems))
        {
            Unreadable(string.Join("; ", problems));
            return;
        }
        int[] cellNumbers = await numbers.NumberAsync(NumberKind.Cell, [.. map.Cells.Select(cell => cell.Id)], cancellation);
        control.Apply(new Geography(
            locator, [.. map.Cells.Select((cell, index) => new CellPlace(cell.Id, cellNumbers[index], cell.Country, cell.Location))])
        {
            FileOverrides = overrides,
        });
        // The old map and what reading needed are large and gone for good: give their memory back at once.
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        Loaded(path, map.Cells.Length, overrides.Count, map.Source);
    }

    private bool TryReadOverrides(CellMap map, out IReadOnlyList<PrefixOverride> overrides)
    {
        overrides = [];
        if (options.Overrides is not { } path) return true;
        byte[] text = File.ReadAllBytes(path);
        HashSet<string> sites = [.. centre.Current.Fleet.Sites.Select(site => site.Id)];
        OverrideFile file = OverrideFile.Parse(text, map, sites.Count == 0 ? null : sites);
        if (!file.Problems.IsEmpty)
        {
            Unreadable(string.Join("; ", file.Problems.Take(10).Select(problem => $"{path}:{problem.Line}: {problem.Reason}")));
            return false;
        }
        overrides = file.Overrides;
        return true;
    }

    /// <summary>Reads the map once more, for who needs more of it than is kept; null when it cannot be read.</summary>
    internal CellMap? ReadMap() =>
        (options.Map ?? FindBundled()) is { } path && File.Exists(path) && CellMapCodec.TryRead(File.ReadAllBytes(path), out CellMap? map, out _) ? map : null;

    private static string? FindBundled() => FindAbove(Environment.CurrentDirectory) ?? FindAbove(AppContext.BaseDirectory);

    /// <summary>Looks for a file that comes with the program.</summary>
    /// <param name="directory">Where to begin; then upward.</param>
    /// <param name="name">Its path below.</param>
    internal static string? FindAbove(string directory, string name = BundledMap)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, name);
            if (File.Exists(path)) return path;
        }
        return null;
    }

    private static DateTime WrittenAt(string? path) => path is null ? default : File.GetLastWriteTimeUtc(path);

    private static long LengthOf(string? path) => path is not null && File.Exists(path) ? new FileInfo(path).Length : 0;

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Geography {Path}: {Cells} cells, {Overrides} prefix overrides; {Source}")]
    private partial void Loaded(string path, int cells, int overrides, string source);

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "Geography cannot be read, what was there before stays: {Reason}")]
    private partial void Unreadable(string reason);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "There is no geo-data/world.cells here or above; set Scheduler:Geo:Map, or make one with: scheduler geo build")]
    private partial void NoMap();
}
