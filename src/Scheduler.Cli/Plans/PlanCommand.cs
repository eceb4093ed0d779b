using System.CommandLine;

namespace Scheduler.Cli.Plans;

/// <summary><c>scheduler plan</c>: the planner, by itself.</summary>
internal static class PlanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("plan", "Shares the demand of cells among sites, with a proof of how good that is")
        {
            PlanShowCommand.Create(host, globals), PlanSolveCommand.Create(host, globals),
        };
}
