using Spectre.Console;

namespace Scheduler.Cli;

/// <summary>What surrounds a command: terminal, clock, environment, network. A test brings its own.</summary>
internal sealed class CliHost
{
    /// <summary>Where results go, as text.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where answers to questions come from.</summary>
    public required TextReader In { get; init; }

    /// <summary>Draws tables and live displays on <see cref="Out"/>.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>True when a person sits at both ends: only then are questions asked.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>True when <see cref="Out"/> is a terminal on which a display can be redrawn.</summary>
    public required bool CanRedraw { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Environment variables; null for one that is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The directory that relative paths start from.</summary>
    public required string Directory { get; init; }

    /// <summary>Makes the transport of an HTTP client, which then owns it.</summary>
    public required Func<HttpMessageHandler> Transport { get; init; }

    /// <summary>The real surroundings.</summary>
    public static CliHost OfThisProcess()
    {
        // Into a file or a pipe go plain lines, as wide as the table is: 80 columns and colours are for terminals.
        if (System.Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 240;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
        return OfThisTerminal();
    }

    private static CliHost OfThisTerminal() => new()
    {
        Out = System.Console.Out,
        Error = System.Console.Error,
        In = System.Console.In,
        Console = AnsiConsole.Console,
        IsInteractive = !System.Console.IsInputRedirected && !System.Console.IsOutputRedirected,
        CanRedraw = !System.Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi,
        Time = TimeProvider.System,
        Variable = Environment.GetEnvironmentVariable,
        Directory = Environment.CurrentDirectory,
        Transport = () => new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false },
    };
}
