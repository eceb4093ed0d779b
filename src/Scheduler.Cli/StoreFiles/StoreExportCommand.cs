using System.CommandLine;
using Scheduler.Cli.Rendering;
using Scheduler.Storage;
using Scheduler.Storage.Archives;

namespace Scheduler.Cli.StoreFiles;

/// <summary><c>scheduler store export</c>: a scheduler may be running meanwhile.</summary>
internal static class StoreExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not be there yet" };
        Option<string?> store = StoreOption.Create();
        var withSecrets = new Option<bool>("--with-secrets")
        {
            Description = "Include the secrets that sign tokens and tickets: viewers keep their sessions after a restore, and the file must be kept as safe as the store",
        };
        var command = new Command("export", "Writes every revision, key (as a hash), audit record and number into one file of JSON lines with a checksum")
        {
            file, store, withSecrets,
        };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = Path.GetFullPath(context.Parse.GetValue(file)!, host.Directory);
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                ArchiveSummary summary;
                try
                {
                    await using var output = new FileStream(path, options);
                    summary = await StoreArchive.ExportAsync(
                        StoreOption.AddressOf(context, store), output, context.Parse.GetValue(withSecrets), host.Time.GetUtcNow(), cancellation);
                    output.Flush(flushToDisk: true);
                }
                catch (StoreException)
                {
                    File.Delete(path); // half an archive is worth nothing, and would be in the way of the next try
                    throw;
                }
                StoreCommand.Print(context, summary, $"Written to {Format.Plain(path)}");
                return ExitCode.Done;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return context.Fail(fault.Message);
            }
        });
        return command;
    }
}
