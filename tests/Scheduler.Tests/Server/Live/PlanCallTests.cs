using System.Text.Json;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

public sealed class PlanCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task The_plan_tells_prices_fractions_and_its_proof()
    {
        await UntilCurrentAsync();
        string cell = (await scheduler.OpenAsync()).Json.GetProperty("cell").GetString()!;
        JsonElement plan = (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", $"/v1/admin/plan?cell={cell}")).Succeeds().Json;
        Assert.Equal(["p00", "p01", "p02"], plan.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("site").GetString()).Order());
        Assert.InRange(plan.GetProperty("gap").GetDouble(), 0, 0.001);
        Assert.True(plan.GetProperty("lower_bound").GetDouble() <= plan.GetProperty("objective").GetDouble());
        JsonElement shown = Assert.Single(plan.GetProperty("cells").EnumerateArray());
        Assert.Equal(cell, shown.GetProperty("cell").GetString());
        Assert.Equal(3, shown.GetProperty("shares").GetArrayLength());
        PrometheusText metrics = new((await scheduler.CallAsync(null, "GET", "/metrics")).Text);
        Assert.Equal(1, metrics["scheduler_plan_in_use"]);
        Assert.True(metrics["scheduler_plan_solves_total{reason=\"first\",outcome=\"published\"}"] >= 1);
    }

    [Fact]
    public async Task A_cell_that_there_is_not_is_named()
    {
        await UntilCurrentAsync();
        Scheduler.Tests.Server.Admin.Answer answer = (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/plan?cell=nowhere")).Fails(404);
        Assert.Contains("nowhere", answer.Text, StringComparison.Ordinal);
        (await scheduler.CallAsync(null, "GET", "/v1/admin/plan")).Fails(401);
    }

    private Task UntilCurrentAsync() =>
        LiveScheduler.UntilAsync(async () => (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/plan")).Status == 200, "a plan");
}
