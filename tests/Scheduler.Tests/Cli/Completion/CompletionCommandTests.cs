namespace Scheduler.Tests.Cli.Completion;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _scheduler scheduler")]
    [InlineData("zsh", "compdef _scheduler scheduler")]
    [InlineData("fish", "complete -c scheduler")]
    public async Task Every_shell_gets_its_script(string shell, string line)
    {
        var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("completion", shell));
        Assert.Contains(line, cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dra", "drain")]
    [InlineData("drain st", "start")]
    [InlineData("revisions --au", "--author")]
    public async Task What_the_scripts_ask_is_answered_with_what_fits(string typed, string expected)
    {
        var cli = new CliRun();
        await cli.RunAsync($"[suggest:{typed.Length}]", typed);
        Assert.Contains(expected, cli.Out.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_a_mistake_on_the_command_line() => Assert.Equal(2, await new CliRun().RunAsync("completion", "cmd"));
}
