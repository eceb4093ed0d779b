using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Plans;

/// <summary><c>scheduler plan show</c>: the plan that decisions obey.</summary>
internal static class PlanShowCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var cells = new Option<string[]>("--cell")
        {
            Description = "Show where this cell's viewers are meant to go; may be given several times", HelpName = "ID", AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("show", "Shows the plan in force: prices by site, shares by cell, how good it is, how old") { cells };
        command.Runs(host, globals, (context, cancellation) => RunAsync(context, context.Parse.GetValue(cells) ?? [], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string[] cells, CancellationToken cancellation)
    {
        string query = cells is [] ? "" : "?" + string.Join('&', cells.Select(cell => $"cell={Uri.EscapeDataString(cell)}"));
        Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/plan" + query, cancellation);
        if (!answer.IsOk) return context.Fail(answer.Problem);
        Result<PlanRow> plan = answer.Value.Read(AdminJson.Default.PlanRow);
        if (!plan.IsOk) return context.Fail(plan.Problem);
        if (context.IsJson) context.Host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
        else PlanShowTable.Draw(plan.Value, context.Console);
        return ExitCode.Done;
    }
}
