using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>Who tries keys: a scheduler of its own, since the tries of one network are counted together.</summary>
public sealed class TooManyTriesTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task Who_tries_too_many_keys_has_to_wait()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        string token = ConsoleVisitor.HiddenOf((await visitor.GetAsync("/console/sign-in")).Text, "/console/sign-in").First().Value;
        var statuses = new List<int>();
        for (int i = 0; i < 60; i++) statuses.Add((await visitor.PostAsync("/console/sign-in", ("form_token", token), ("key", $"guess {i}"))).Status);
        Assert.Equal(401, statuses[0]);
        Assert.Equal(429, statuses[^1]);
        Assert.InRange(statuses.Count(status => status == 401), 20, 50);
    }
}
