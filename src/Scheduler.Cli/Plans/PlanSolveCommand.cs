using System.Collections.Immutable;
using System.CommandLine;
using Scheduler.Cli.Rendering;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Plans;

/// <summary><c>plan solve</c>: one planning instance from a file, without a server.</summary>
internal static class PlanSolveCommand
{
    /// <summary>Enough for gaps near the rounding of doubles; without it a gap of 0 would be looked for until the end of days.</summary>
    private const int MostSweeps = 20_000;

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var file = new Option<string>("--instance") { Description = "Planning instance, JSON", HelpName = "FILE", Required = true };
        Option<double> gap = NumberOption.WithDefault("--gap", "Gap to the optimum to prove, as a share of the cost", 0.001, 0.0, 1.0);
        var command = new Command("solve", "Solves a planning instance from a JSON file; exit code 1 for a file that is none, with every problem in it") { file, gap };
        command.Runs(host, globals, (context, cancellation) => RunAsync(context, context.Parse.GetRequiredValue(file), context.Parse.GetValue(gap), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, double gap, CancellationToken cancellation)
    {
        byte[] json;
        try
        {
            json = await File.ReadAllBytesAsync(Path.Combine(context.Host.Directory, file), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return context.Fail($"{file}: {e.Message}");
        }
        if (PlanInstanceReader.Read(json, out ImmutableArray<InstanceProblem> problems) is not { } instance)
        {
            context.Host.Error.Write(context.IsJson ? PlanJson.Problems(problems) : Lines(file, problems));
            return ExitCode.Failed;
        }

        long start = context.Host.Time.GetTimestamp();
        var solver = new PathEquilibration(instance.Problem.Network);
        solver.Start(instance.Problem);
        PlanCertificate certificate = solver.Solve(gap, maxSweeps: 1);
        while (!solver.IsSolved(certificate, gap) && solver.Sweeps < MostSweeps)
        {
            cancellation.ThrowIfCancellationRequested();
            certificate = solver.Solve(gap, Math.Min(MostSweeps, solver.Sweeps + 100));
        }
        TimeSpan took = context.Host.Time.GetElapsedTime(start);

        var solution = new PlanSolution(instance, solver.ToPlan(), solver.Sweeps, took);
        if (context.IsJson) context.Host.Out.WriteLine(PlanJson.Of(solution));
        else PlanTable.Draw(solution, gap, context.Console);
        return ExitCode.Done;
    }

    private static string Lines(string file, ImmutableArray<InstanceProblem> problems) => string.Concat(
        problems.Select(p => $"{Format.Plain(file)}: {(p.Field.Length == 0 ? "document" : p.Field)}: {Format.Plain(p.Reason)}{Environment.NewLine}"));
}
