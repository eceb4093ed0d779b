using System.Text.Json;
using Scheduler.Cli.Rendering;
using Scheduler.Simulator.Scenarios;
using Spectre.Console;

namespace Scheduler.Cli.Simulations;

/// <summary>Shows the built-in scenarios.</summary>
internal static class ScenarioList
{
    /// <summary>Writes a table, or one JSON object a line.</summary>
    public static void Write(CommandContext context)
    {
        if (context.IsJson)
        {
            foreach (Scenario scenario in BuiltInScenarios.All)
                context.Host.Out.WriteLine(JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = scenario.Name, ["summary"] = scenario.Summary }));
            return;
        }
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn("scenario").AddColumn("what happens").AddColumn(new TableColumn("length").RightAligned())
            .AddColumn(new TableColumn("sites").RightAligned()).AddColumn(new TableColumn("sessions").RightAligned());
        foreach (Scenario scenario in BuiltInScenarios.All)
        {
            table.AddRow(
                new Text(scenario.Name, new Style(decoration: Decoration.Bold)), new Text(scenario.Summary),
                new Text(Format.Duration(TimeSpan.FromSeconds(scenario.DurationS))), new Text(Format.Count(scenario.Sites)), new Text(Format.Count(scenario.Sessions)));
        }
        context.Console.Write(table);
        context.Console.Write(new Text("`scheduler simulate NAME --print` prints one as YAML, to start one's own from.\n"));
    }
}
