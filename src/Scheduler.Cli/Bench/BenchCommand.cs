using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Bench;

/// <summary><c>scheduler bench</c>: measures in process, without a server.</summary>
internal static class BenchCommand
{
    /// <summary>Builds the command with the benches of <see cref="Benches.All"/>.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) => Create(host, globals, Benches.All);

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals, IReadOnlyList<IBench> benches)
    {
        var name = new Argument<string[]>("NAME")
        {
            Description = $"What to measure: {string.Join(", ", benches.Select(b => b.Name).Append("all"))}",
            Arity = ArgumentArity.OneOrMore,
        };
        name.AcceptOnlyFromAmong([.. benches.Select(b => b.Name), "all"]);
        var store = new Option<string?>("--store")
        {
            Description = "What `store` measures instead of an SQLite file: an empty store, which it fills",
            HelpName = "postgres://…",
        };
        var command = new Command("bench", "Measures in process, on one core; one JSON object a line with --json") { name, store };
        command.Runs(host, globals, (context, cancellation) =>
        {
            string[] wanted = context.Parse.GetValue(name)!;
            if (!context.IsJson) host.Out.WriteLine($"{"name",-24}{"ns/op",12}{"best",12}{"ops/s",16}{"bytes/op",12}");
            foreach (IBench bench in benches.Where(b => wanted.Contains("all") || wanted.Contains(b.Name)))
            {
                try
                {
                    IBench measured = bench is StoreBench && context.Parse.GetValue(store) is { } address ? new StoreBench(address) : bench;
                    foreach (BenchResult result in measured.Run())
                    {
                        cancellation.ThrowIfCancellationRequested();
                        host.Out.WriteLine(context.IsJson ? JsonSerializer.Serialize(result, BenchJson.Default.BenchResult) : Line(result));
                    }
                }
                catch (IOException e)
                {
                    return Task.FromResult(context.Fail($"{bench.Name}: {e.Message}"));
                }
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Line(BenchResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Name,-24}{r.NsPerOp,12:#,0.0}"
        + $"{(r.BestNsPerOp is { } best ? best.ToString("#,0.0", CultureInfo.InvariantCulture) : Format.Absent),12}"
        + $"{r.OpsPerS,16:#,0}{r.BytesPerOp,12:0.##}");
}
