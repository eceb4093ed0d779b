using System.CommandLine;
using System.Net.Http.Headers;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Cli.Revisions;
using Scheduler.Client;

namespace Scheduler.Cli.Documents;

/// <summary>A command that replaces a document of the configuration, unless somebody else changed something meanwhile.</summary>
internal static class DocumentImport
{
    private const long LargestFile = 32 * 1024 * 1024;

    /// <summary>Builds the command.</summary>
    /// <param name="host">Where it runs.</param>
    /// <param name="globals">Options of every command.</param>
    /// <param name="verb">Its name.</param>
    /// <param name="what">The document, and its path below the admin API: <c>fleet</c>, <c>policy</c>.</param>
    public static Command Create(CliHost host, GlobalOptions globals, string verb, string what)
    {
        var file = new Argument<string>("FILE") { Description = "The document, YAML or JSON" };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the revision", HelpName = "R" };
        var ifMatch = new Option<long?>("--if-revision")
        {
            Description = "Only if this is the present revision [default: the one at this moment]",
            HelpName = "N",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would change, and what the planner expects" };
        Option<bool> yes = YesOption.Create();
        var command = new Command(verb, $"Replaces the {what}; every problem of the document is shown and then nothing changes")
        {
            file, reason, ifMatch, dryRun, yes,
        };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = context.Parse.GetValue(file)!;
            byte[] document;
            try
            {
                var source = new FileInfo(Path.Combine(host.Directory, path));
                if (source.Exists && source.Length > LargestFile) return context.Fail($"{path}: larger than 32 MB, which no scheduler takes.");
                document = await File.ReadAllBytesAsync(source.FullName, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return context.Fail($"{path}: {e.Message}");
            }

            string? etag = context.Parse.GetValue(ifMatch) is { } revision ? $"\"{revision}\"" : null;
            if (etag is null)
            {
                Result<ApiAnswer> present = await context.Api.GetAsync($"v1/admin/{what}", cancellation);
                if (!present.IsOk) return context.Fail(present.Problem);
                etag = present.Value.ETag;
            }
            bool dry = context.Parse.GetValue(dryRun);
            if (!dry && !context.Confirm($"Replace the {what} of {context.Url.Authority} (revision {etag ?? "unknown"}) by {path}?", context.Parse.GetValue(yes)))
                return context.Fail("Nothing was changed.");

            bool isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
            string call = new QueryText(context).Add("dry_run", dry ? "true" : null).Add(reason).On($"v1/admin/{what}");
            var request = new HttpRequestMessage(HttpMethod.Put, call) { Content = new ByteArrayContent(document) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(isJson ? "application/json" : "application/yaml");
            if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
            Result<ApiAnswer> answer = await context.Api.SendAsync(request, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (dry) return DryRunText.Show(context, answer.Value) is { } problem ? context.Fail(problem) : ExitCode.Done;
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else host.Out.WriteLine($"Imported {path}: revision {answer.Value.ETag?.Trim('"') ?? "unknown"}.");
            return ExitCode.Done;
        });
        return command;
    }
}
