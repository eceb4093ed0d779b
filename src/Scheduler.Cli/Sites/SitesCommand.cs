using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Sites;

/// <summary><c>scheduler sites</c>: every site, redrawn each second.</summary>
internal static class SitesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var once = new Option<bool>("--once") { Description = "Print once and leave (also when the output is no terminal)" };
        var region = new Option<string?>("--region") { Description = "Sites of this region only", HelpName = "ID" };
        var sort = new Option<SiteOrder>("--sort") { Description = "Order of the rows", DefaultValueFactory = _ => SiteOrder.Utilisation };
        var command = new Command("sites", "Shows every site live: capacity, load, sessions, price, state") { once, region, sort };
        command.Runs(host, globals, (context, cancellation) =>
        {
            var view = new SitesTable(context.Parse.GetValue(region), context.Parse.GetValue(sort));
            return context.IsJson || context.Parse.GetValue(once) || !host.CanRedraw
                ? PrintAsync(context, view, cancellation)
                : WatchAsync(context, view, cancellation);
        });
        return command;
    }

    private static async Task<int> PrintAsync(CommandContext context, SitesTable view, CancellationToken cancellation)
    {
        Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/sites", cancellation);
        if (!answer.IsOk) return context.Fail(answer.Problem);
        Result<SiteList> sites = answer.Value.Read(AdminJson.Default.SiteList);
        if (!sites.IsOk) return context.Fail(sites.Problem);
        if (context.IsJson) context.Host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
        else context.Console.Write(view.Draw(sites.Value, rows: null, context.Console.Profile.Width));
        return ExitCode.Done;
    }

    private static async Task<int> WatchAsync(CommandContext context, SitesTable view, CancellationToken cancellation)
    {
        Result<SiteList> sites = await ReadAsync();
        if (!sites.IsOk) return context.Fail(sites.Problem);
        try
        {
            await context.Console.Live(view.Draw(sites.Value, Rows(), context.Console.Profile.Width)).StartAsync(async live =>
            {
                while (true)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), context.Host.Time, cancellation);
                    sites = await ReadAsync();
                    if (!sites.IsOk) return;
                    live.UpdateTarget(view.Draw(sites.Value, Rows(), context.Console.Profile.Width));
                }
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done; // Ctrl-C is the way out of a live table
        }
        return sites.Problem is { } problem ? context.Fail(problem) : ExitCode.Done;

        Task<Result<SiteList>> ReadAsync() => context.Api.GetAsync("v1/admin/sites", AdminJson.Default.SiteList, cancellation);

        // Header, frame, caption and the line of the shell: a table taller than the terminal cannot be redrawn.
        int Rows() => Math.Max(3, context.Console.Profile.Height - 7);
    }
}
