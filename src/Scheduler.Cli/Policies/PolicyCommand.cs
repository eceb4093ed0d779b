using System.CommandLine;
using Scheduler.Cli.Documents;

namespace Scheduler.Cli.Policies;

/// <summary><c>scheduler policy</c>: weights, fences and classes of streams as a document.</summary>
internal static class PolicyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("policy", "Shows, replaces and checks the policy: weights, fences, classes of streams, prices, prefixes")
        {
            DocumentExport.Create(host, globals, "get", "policy"),
            DocumentImport.Create(host, globals, "set", "policy"),
            PolicyValidateCommand.Create(globals),
        };
}
