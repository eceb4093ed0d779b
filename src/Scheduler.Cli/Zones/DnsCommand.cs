using System.CommandLine;

namespace Scheduler.Cli.Zones;

/// <summary><c>scheduler dns</c>: what DNS answers.</summary>
internal static class DnsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("dns", "Asks what DNS would answer, and why; checks zones") { DnsQueryCommand.Create(host, globals), ZonesCheck.Create("check", globals) };
}
