using Scheduler.Cli;
using Spectre.Console;

namespace Scheduler.Tests.Cli;

/// <summary>Runs command lines without a terminal, a network or an environment.</summary>
internal sealed class CliRun
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public FakeTransport Server { get; } = new();

    public VirtualClock Clock { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What a person types; null when nobody is there.</summary>
    public string? Typed { get; init; }

    public string Directory { get; init; } = Path.GetTempPath();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_out), Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 200;
        return SchedulerCommand.RunAsync(args, new CliHost
        {
            Out = _out, Error = _error, In = new StringReader(Typed ?? ""), Console = console, IsInteractive = Typed is not null, CanRedraw = false,
            Time = Clock, Variable = Variables.GetValueOrDefault, Directory = Directory, Transport = () => new Undisposed(Server),
        });
    }

    // A command disposes its transport; the test still asks it what came in.
    private sealed class Undisposed(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}
