using System.CommandLine;

namespace Scheduler.Cli.Rendering;

/// <summary>The option of the commands that go to the store itself, not to a scheduler.</summary>
internal static class StoreOption
{
    private const string DefaultStore = "sqlite:./data/scheduler.db";
    private const string StoreVariable = "Scheduler__Store";

    /// <summary>A new <c>--store</c>.</summary>
    public static Option<string?> Create() => new("--store")
    {
        Description = $"The store, as the scheduler was given it [env: {StoreVariable}] [default: {DefaultStore}]",
        HelpName = "sqlite:PATH|postgres://…",
    };

    /// <summary>The store that a command line and an environment name together.</summary>
    public static string AddressOf(CommandContext context, Option<string?> store) =>
        context.Parse.GetValue(store) ?? context.Host.Variable(StoreVariable) ?? DefaultStore;
}
