using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Drains;

/// <summary>
/// <c>scheduler drain watch</c>: one drain until it is drained or over, or all of them until Ctrl-C; redrawn each second, or a line of JSON each second.
/// </summary>
internal static class DrainWatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var id = new Argument<string?>("ID") { Description = "The drain, as `drain list` shows it; all of them when left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("watch", "Shows how a drain goes on until its target is empty; --json prints a line a second") { id };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            var watch = new Watch(context, context.Parse.GetValue(id));
            try
            {
                return context.IsJson || !host.CanRedraw ? await watch.PrintAsync(cancellation) : await watch.DrawAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Done; // Ctrl-C is a way out
            }
        });
        return command;
    }

    private sealed class Watch(CommandContext context, string? id)
    {
        private DateTimeOffset? _expiresAt;
        private bool _wasThere;

        /// <summary>Prints what has changed, a line each time.</summary>
        public async Task<int> PrintAsync(CancellationToken cancellation)
        {
            string before = "";
            while (true)
            {
                (IReadOnlyList<DrainRow> drains, ReadOnlyMemory<byte> body, int? exit) = await ReadAsync(cancellation);
                if (exit is { } code) return code;
                string line = context.IsJson ? JsonText.OneLine(body) : drains.Count == 0 ? "Nothing is drained." : string.Join('\n', drains.Select(DrainText.Line));
                if (context.IsJson || line != before) context.Host.Out.WriteLine(before = line);
                if (IsDone(drains)) return ExitCode.Done;
                await Task.Delay(Interval, context.Host.Time, cancellation);
            }
        }

        /// <summary>Redraws the table.</summary>
        public async Task<int> DrawAsync(CancellationToken cancellation)
        {
            (IReadOnlyList<DrainRow> drains, _, int? exit) = await ReadAsync(cancellation);
            if (exit is { } refused) return refused;
            await context.Console.Live(DrainTable.Draw(drains, context.Host.Time.GetUtcNow())).StartAsync(async live =>
            {
                while (exit is null && !IsDone(drains))
                {
                    await Task.Delay(Interval, context.Host.Time, cancellation);
                    (drains, _, exit) = await ReadAsync(cancellation);
                    if (exit is null) live.UpdateTarget(DrainTable.Draw(drains, context.Host.Time.GetUtcNow()));
                }
            });
            return exit ?? ExitCode.Done;
        }

        private async Task<(IReadOnlyList<DrainRow> Drains, ReadOnlyMemory<byte> Body, int? Exit)> ReadAsync(CancellationToken cancellation)
        {
            Result<ApiAnswer> answer = await context.Api.GetAsync(id is null ? "v1/admin/drains" : "v1/admin/drains/" + Uri.EscapeDataString(id), cancellation);
            if (!answer.IsOk) return ([], default, _wasThere && answer.Problem.Status == 404 ? Over() : context.Fail(answer.Problem));
            if (id is null)
            {
                Result<DrainList> list = answer.Value.Read(AdminJson.Default.DrainList);
                return list.IsOk ? (list.Value.Drains ?? [], answer.Value.Body, null) : ([], default, context.Fail(list.Problem));
            }
            Result<DrainRow> drain = answer.Value.Read(AdminJson.Default.DrainRow);
            if (!drain.IsOk) return ([], default, context.Fail(drain.Problem));
            (_wasThere, _expiresAt) = (true, drain.Value.ExpiresAt);
            return ([drain.Value], answer.Value.Body, null);
        }

        private bool IsDone(IReadOnlyList<DrainRow> drains) => id is not null && drains is [{ Phase: "drained" or "expired" }];

        private int Over()
        {
            string how = _expiresAt <= context.Host.Time.GetUtcNow() ? "expired" : "cancelled";
            context.Host.Out.WriteLine(context.IsJson ? $"{{\"id\":\"{id}\",\"phase\":\"{how}\"}}" : $"Drain {Format.Plain(id)} is {how}: its target comes back step by step.");
            return ExitCode.Done;
        }
    }
}
