using System.CommandLine;
using Scheduler.Client;

namespace Scheduler.Cli.Watching;

/// <summary><c>scheduler watch</c>: what changes, as it happens, a line each, until Ctrl-C. A connection that is lost is taken up where it broke off.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var after = new Option<string?>("--after") { Description = "Begin after this event, or after this revision: what was missed comes first", HelpName = "ID" };
        var command = new Command("watch", "Shows revisions, drains and degraded modes as they change; --json prints a line of {id, type, data} each") { after };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            try
            {
                return await FollowAsync(context, context.Parse.GetValue(after), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Done; // Ctrl-C is a way out
            }
        });
        return command;
    }

    private static async Task<int> FollowAsync(CommandContext context, string? last, CancellationToken cancellation)
    {
        bool followed = false;
        while (true)
        {
            Result<StreamReader> opened = await context.Api.FollowAsync("v1/admin/watch", last, cancellation);
            if (!opened.IsOk && !(followed && opened.Problem.MayPass)) return context.Fail(opened.Problem);
            if (opened.IsOk)
            {
                if (followed) context.Host.Error.WriteLine("connected again");
                followed = true;
                using StreamReader input = opened.Value;
                var events = new ServerEventReader(input);
                string lost = await PrintAsync(context, events, cancellation);
                last = events.LastId ?? last;
                context.Host.Error.WriteLine($"{events.LastComment ?? lost}; trying again");
                if (events.LastComment is not null) last = null; // it was too far behind: what it missed is no longer there
            }
            await Task.Delay(Pause, context.Host.Time, cancellation);
        }
    }

    private static async Task<string> PrintAsync(CommandContext context, ServerEventReader events, CancellationToken cancellation)
    {
        try
        {
            while (await events.NextAsync(cancellation) is { } told) context.Host.Out.WriteLine(context.IsJson ? EventText.Json(told) : EventText.Line(told));
            return "the scheduler ended the connection";
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException)
        {
            return "the connection was lost";
        }
    }
}
