using System.CommandLine;

namespace Scheduler.Cli.Completion;

/// <summary><c>scheduler completion</c>: what a shell needs to complete commands and options; it asks this command itself what fits.</summary>
internal static class CompletionCommand
{
    // The name of the command is cut off: what is completed is what comes after it.
    private const string Bash =
        """
        _scheduler() {
            local skip=$(( ${#COMP_WORDS[0]} + 1 ))
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(scheduler "[suggest:$(( COMP_POINT - skip ))]" "${COMP_LINE:$skip}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _scheduler scheduler
        """;

    private const string Zsh =
        """
        #compdef scheduler
        _scheduler() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found=("${(@f)$(scheduler "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- $found
        }
        compdef _scheduler scheduler
        """;

    private const string Fish =
        """
        function __scheduler_complete
            set -l line (commandline -cp | string replace -r '^\S+\s+' '')
            scheduler "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c scheduler -a '(__scheduler_complete)'
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints what makes a shell complete this command: source <(scheduler completion bash)") { shell };
        command.SetAction(parse =>
        {
            host.Out.WriteLine(parse.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash });
            return ExitCode.Done;
        });
        return command;
    }
}
