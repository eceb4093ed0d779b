using System.CommandLine;
using Scheduler.Cli.Rendering;
using Scheduler.Storage;
using Scheduler.Storage.Archives;

namespace Scheduler.Cli.StoreFiles;

/// <summary><c>scheduler store import</c>: into a store that holds nothing, all or nothing.</summary>
internal static class StoreImportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "What `store export` wrote" };
        Option<string?> store = StoreOption.Create();
        Option<bool> yes = YesOption.Create();
        var command = new Command("import", "Restores an archive into a store that is not there yet, or holds nothing") { file, store, yes };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = Path.GetFullPath(context.Parse.GetValue(file)!, host.Directory), address = StoreOption.AddressOf(context, store);
            try
            {
                string place = StoreAddress.Describe(address);
                if (!context.Confirm($"Restore {path} into {place}?", context.Parse.GetValue(yes))) return context.Fail("Nothing was changed.");
                await using FileStream input = File.OpenRead(path);
                StoreCommand.Print(context, await StoreArchive.ImportAsync(address, input, cancellation), $"Restored into {Format.Plain(place)}");
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
