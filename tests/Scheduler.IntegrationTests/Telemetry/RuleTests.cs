using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Telemetry;

/// <summary>The rules, as Prometheus' own tool judges them.</summary>
public sealed class RuleTests
{
    private static readonly string Folder = Checkout.Root is null ? "" : Checkout.PathOf("deploy/prometheus");

    [PromtoolFact]
    public async Task Prometheus_takes_the_rules() => await SucceedsAsync("check", "rules", Path.Combine(Folder, "scheduler.rules.yaml"));

    [PromtoolFact]
    public async Task Every_alert_fires_when_it_should_and_stays_quiet_when_it_should() => await SucceedsAsync("test", "rules", Path.Combine(Folder, "scheduler.rules.test.yaml"));

    [PromtoolFact]
    public async Task The_tests_of_the_rules_notice_a_rule_that_is_wrong()
    {
        using var scratch = new ScratchDirectory();
        File.Copy(Path.Combine(Folder, "scheduler.rules.test.yaml"), scratch.File("scheduler.rules.test.yaml"));
        string rules = await File.ReadAllTextAsync(Path.Combine(Folder, "scheduler.rules.yaml"));
        await File.WriteAllTextAsync(scratch.File("scheduler.rules.yaml"), rules.Replace("scheduler_ready == 0", "scheduler_ready == 1", StringComparison.Ordinal));
        (int code, _, string errors) = await Tool.RunAsync(Tool.OnPath("promtool")!, ["test", "rules", scratch.File("scheduler.rules.test.yaml")]);
        Assert.NotEqual(0, code);
        Assert.Contains("SchedulerNotReady", errors, StringComparison.Ordinal);
    }

    [CheckoutFact]
    public void Every_alert_is_tested_both_ways()
    {
        string tests = File.ReadAllText(Path.Combine(Folder, "scheduler.rules.test.yaml"));
        Assert.All(Rules.Alerts(), alert =>
        {
            Assert.Contains($"- name: {alert} fires\n", tests, StringComparison.Ordinal);
            Assert.Contains($"- name: {alert} stays quiet\n", tests, StringComparison.Ordinal);
        });
    }

    [CheckoutFact]
    public void Every_alert_links_to_its_part_of_the_operations_page_which_says_what_to_look_at_and_what_to_do()
    {
        string[] parts = [.. File.ReadAllText(Checkout.PathOf("docs/operations.md")).Split("\n### ").Skip(1)];
        Assert.All(Rules.Alerts(), alert =>
        {
            string part = Assert.Single(parts, part => part.StartsWith(alert + "\n", StringComparison.Ordinal));
            Assert.Contains("\n- **Look at**: ", part, StringComparison.Ordinal);
            Assert.Contains("\n- **Do**: ", part, StringComparison.Ordinal);
            Assert.Equal($"docs/operations.md#{alert.ToLowerInvariant()}", Rules.RunbookOf(alert));
        });
    }

    private static async Task SucceedsAsync(params string[] arguments)
    {
        (int code, string output, string errors) = await Tool.RunAsync(Tool.OnPath("promtool")!, arguments);
        Assert.True(code == 0, output + errors);
    }
}
