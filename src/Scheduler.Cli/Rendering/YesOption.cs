using System.CommandLine;

namespace Scheduler.Cli.Rendering;

/// <summary>The option that answers the question before something that hurts.</summary>
internal static class YesOption
{
    /// <summary>A new <c>--yes</c>.</summary>
    public static Option<bool> Create() => new("--yes", "-y") { Description = "Do not ask" };
}
