using System.CommandLine;
using Scheduler.Core.Geo;
using Spectre.Console;

namespace Scheduler.Cli.Geo;

/// <summary><c>geo lookup</c>: tells the cell of addresses.</summary>
internal static class GeoLookupCommand
{
    private const int RedirectedWidth = 200;

    /// <summary>The command. Its exit code is 1 when a line is not an address, 2 when there is no map or the overrides are wrong.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var addresses = new Argument<string[]>("IP") { Description = "Addresses", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--file") { Description = "File with an address a line; - for standard input" };
        var map = new Option<string?>("--map") { Description = $"Map file; default: {MapFile.DefaultPath} here or above" };
        var overrides = new Option<string?>("--overrides") { Description = "Prefix overrides: CSV, or coverage-zone JSON" };
        var fallback = new Option<string?>("--default-cell") { Description = "Cell of addresses of which nothing is known; default: they have none" };

        var command = new Command("lookup", "Tell the cell of each address; with --json, one object a line") { addresses, file, map, overrides, fallback };
        command.Validators.Add(result =>
        {
            if (result.GetValue(addresses) is null or [] && result.GetValue(file) is null) result.AddError("name an address, or a file with --file");
        });
        command.SetAction(parsed =>
        {
            try
            {
                string? cell = parsed.GetValue(fallback);
                if (!TryLocator(parsed.GetValue(map), parsed.GetValue(overrides), cell, out CellLocator locator)) return 2;
                string[] named = parsed.GetValue(addresses) ?? [];
                IEnumerable<string> all = parsed.GetValue(file) is { } list ? named.Concat(Lines(list)) : named;
                if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth; // else a pipe folds every address
                var lookup = new GeoLookup(locator, withDefault: cell is not null);
                bool good = parsed.GetValue(globals.Json)
                    ? lookup.PrintJson(all, Console.Out, Console.Error)
                    : lookup.PrintTable(all, AnsiConsole.Console, Console.Error);
                return good ? 0 : 1;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(e.Message);
                return 2;
            }
        });
        return command;
    }

    private static bool TryLocator(string? mapPath, string? overridesPath, string? defaultCell, out CellLocator locator)
    {
        locator = null!;
        if (!MapFile.TryLoad(mapPath, out CellMap? map, out string? reason))
        {
            Console.Error.WriteLine(reason);
            return false;
        }
        IReadOnlyList<PrefixOverride> overrides = [];
        if (overridesPath is not null)
        {
            OverrideFile read = OverrideFile.Parse(File.ReadAllBytes(overridesPath), map, sites: null);
            foreach (LineProblem problem in read.Problems)
                Console.Error.WriteLine(FormattableString.Invariant($"{overridesPath}:{problem.Line}: {problem.Reason}"));
            if (!read.Problems.IsEmpty) return false;
            overrides = read.Overrides;
        }
        if (CellLocator.TryCreate(map, defaultCell, overrides, out CellLocator? made, out var problems))
        {
            locator = made;
            return true;
        }
        foreach (string problem in problems) Console.Error.WriteLine(problem);
        return false;
    }

    private static IEnumerable<string> Lines(string path) =>
        (path == "-" ? StandardInput() : File.ReadLines(path)).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static IEnumerable<string> StandardInput()
    {
        while (Console.In.ReadLine() is { } line) yield return line;
    }
}
