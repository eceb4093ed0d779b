using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys list</c>: every key without its secret.</summary>
internal static class KeysListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("list", "Shows the keys, never their secrets");
        command.Runs(host, globals, async (context, cancellation) =>
        {
            Result<KeyList> keys = await context.Api.GetAsync("v1/admin/keys", AdminJson.Default.KeyList, cancellation);
            if (!keys.IsOk) return context.Fail(keys.Problem);
            // Written anew rather than handed on, without the member that would hold a secret.
            KeyRow[] rows = [.. (keys.Value.Keys ?? []).Select(k => k with { Key = null })];
            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new KeyList(rows), AdminJson.Default.KeyList)));
            else
                context.Console.Write(Draw(rows, host.Time.GetUtcNow()));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Draw(KeyRow[] keys, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("id", "kind", "name", "tenant", "sites", "made", "by", "revoked");
        foreach (KeyRow k in keys)
            table.AddRow(
                new Text(Format.Plain(k.Id)), new Text(Format.Plain(k.Kind)), new Text(Format.Plain(k.Name)), new Text(k.Tenant is { } tenant ? Format.Plain(tenant) : Format.Absent),
                new Text(k.Sites is { Count: > 0 } sites ? Format.Plain(string.Join(", ", sites)) : Format.Absent),
                new Text(Format.Relative(k.CreatedAt, now)), new Text(Format.Plain(k.CreatedBy)),
                new Text(Format.Relative(k.RevokedAt, now), k.RevokedAt is null ? Style.Plain : new Style(Color.Red)));
        return table;
    }
}
