using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli;

/// <summary>One command while it runs: what was asked for, and the way to the scheduler.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Prepares a run; opens no connection.</summary>
    public CommandContext(CliHost host, ParseResult parse, Uri url, string? key, bool json)
    {
        (Host, Parse, Url, Key, IsJson) = (host, parse, url, key, json);
        _http = new HttpClient(host.Transport(), disposeHandler: true) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        Api = new AdminApi(_http, host.Time, key);
    }

    /// <summary>Terminal, clock, environment.</summary>
    public CliHost Host { get; }

    /// <summary>The command line.</summary>
    public ParseResult Parse { get; }

    /// <summary>The scheduler.</summary>
    public Uri Url { get; }

    /// <summary>API key; null when there is none.</summary>
    public string? Key { get; }

    /// <summary>True when the output is for programs.</summary>
    public bool IsJson { get; }

    /// <summary>The scheduler's calls.</summary>
    public AdminApi Api { get; }

    /// <summary>Draws on standard output.</summary>
    public IAnsiConsole Console => Host.Console;

    /// <summary>Shows why a call failed, and what to do next.</summary>
    public int Fail(SchedulerProblem problem)
    {
        Host.Error.Write(IsJson ? ProblemText.Json(problem) : ProblemText.Plain(problem, Url, Key is not null));
        return ExitCode.Failed;
    }

    /// <summary>Shows why nothing was done.</summary>
    public int Fail(string reason)
    {
        Host.Error.WriteLine(Format.Plain(reason));
        return ExitCode.Failed;
    }

    /// <summary>Asks before something that hurts. Without a person at the terminal nobody is asked: a script means what it says.</summary>
    /// <param name="question">What is about to happen.</param>
    /// <param name="agreed">True when <c>--yes</c> was given.</param>
    public bool Confirm(string question, bool agreed)
    {
        if (agreed || !Host.IsInteractive || IsJson) return true;
        Host.Error.Write($"{Format.Plain(question)} [y/N] ");
        return Host.In.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
