using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli;

/// <summary><c>scheduler status</c>: is it well, in one look.</summary>
internal static class StatusCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("status", "Shows whether the scheduler is well; exit code 1 when it is not ready");
        command.Runs(host, globals, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/status", cancellation);
        if (!answer.IsOk) return context.Fail(answer.Problem);
        Result<StatusRow> status = answer.Value.Read(AdminJson.Default.StatusRow);
        if (!status.IsOk) return context.Fail(status.Problem);

        if (context.IsJson) context.Host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
        else context.Console.Write(Draw(status.Value, context.Url));
        return status.Value.Ready == false ? ExitCode.Failed : ExitCode.Done;
    }

    private static Panel Draw(StatusRow status, Uri url)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn();
        Add("Ready", status.Ready switch { true => "[green]yes[/]", false => "[red]no[/]", null => Format.Absent });
        string uptime = Format.Duration(status.UptimeS is { } s ? TimeSpan.FromSeconds(Math.Clamp(s, 0, 1e9)) : null);
        Add("Running for", status.Demo == true ? $"{uptime} [grey](demo: plays the nodes itself)[/]" : uptime);
        Add("Revision", status.Revision is { } r ? Format.Count(r) : Format.Absent);
        Add("Replica", status.Cluster is { } own ? $"{Format.Count(status.Replica)} [grey]({Safe(own.Name)})[/]" : Format.Count(status.Replica));
        if (status.Cluster is { } cluster)
        {
            Add("Leader", cluster.Leader is { } leader ? $"replica {leader} [grey](fence {cluster.Fence})[/]" : "[yellow]none is known[/]");
            foreach (PeerRow peer in cluster.Peers ?? []) Add("Peer", Peer(peer));
        }
        Add("Sites", Format.Count(status.Sites));
        Add("Nodes", $"{Format.Count(status.NodesReporting)} of {Format.Count(status.Nodes)} reporting");
        Add("Sessions", Format.Count(status.Sessions));
        double? used = status.LoadBps is { } load && status.CapacityBps is > 0 and { } capacity ? load / capacity : null;
        Add("Load", $"{Format.BitRate(status.LoadBps)} of {Format.BitRate(status.CapacityBps)} ({Format.Percent(used)})");
        if (status.Decisions is { Count: > 0 } decisions)
            Add("Decisions", string.Join("  ", decisions.Where(d => d.Value > 0).Select(d => $"{Safe(d.Key)} [bold]{Format.Count(d.Value)}[/]")));
        Add("Degraded", status.Degraded is { Count: > 0 } modes ? $"[yellow]{string.Join(", ", modes.Select(Safe))}[/]" : "[green]no[/]");
        string title = $" scheduler {Safe(status.Version)} at {Safe(url.GetLeftPart(UriPartial.Authority))} ";
        return new Panel(grid).Header(title).Border(BoxBorder.Rounded).BorderColor(Color.Grey);

        void Add(string name, string markup) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Markup(markup));
    }

    private static string Peer(PeerRow peer)
    {
        string color = peer.State switch { "live" => "green", "left" => "grey", _ => "yellow" };
        string zone = string.IsNullOrEmpty(peer.Zone) ? "" : $" in {Safe(peer.Zone)}";
        return $"replica {peer.Replica} [grey]({Safe(peer.Name)} at {Safe(peer.Address)}{zone}, version {Safe(peer.Version)})[/] [{color}]{Safe(peer.State)}[/]";
    }

    private static string Safe(string? text) => Markup.Escape(Format.Plain(text));
}
