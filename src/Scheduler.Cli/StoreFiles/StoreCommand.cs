using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Storage.Archives;

namespace Scheduler.Cli.StoreFiles;

/// <summary><c>scheduler store</c>: the whole store as one portable file, and back.</summary>
internal static class StoreCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) => new("store", "On the machine of the store: saves and restores all of it")
    {
        StoreExportCommand.Create(host, globals),
        StoreImportCommand.Create(host, globals),
    };

    /// <summary>Tells what an archive holds.</summary>
    internal static void Print(CommandContext context, ArchiveSummary summary, string sentence)
    {
        if (context.IsJson)
        {
            context.Host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(summary, AdminJson.Default.ArchiveSummary)));
            return;
        }
        string secrets = summary.Secrets == 0 ? "no secrets" : $"{Format.Count(summary.Secrets)} secrets";
        context.Host.Out.WriteLine(
            $"{sentence}: {Format.Count(summary.Revisions)} revisions, {Format.Count(summary.Keys)} keys (as hashes), "
            + $"{Format.Count(summary.AuditRecords)} audit records, {Format.Count(summary.Numbers)} numbers, {Format.Count(summary.MeterSlots)} samples of bandwidth, {Format.Count(summary.UsageHours)} hours of usage, {secrets}.");
    }
}
