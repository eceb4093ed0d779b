using System.Text.Json;
using Scheduler.Server.Security;
using Scheduler.State.Drains;

namespace Scheduler.Tests.Server.Admin;

/// <summary>Drains that do not wait for the store.</summary>
public sealed class LocalDrainCallTests : IAsyncLifetime
{
    private const string Drains = "/v1/admin/drains";
    private const string Lon1 = """{"target":"lon1","reason":"a fire","expires_at":"2030-05-01T14:00:00Z","local":true}""";
    private const string Lon1Ordinary = """{"target":"lon1","reason":"a fire","expires_at":"2030-05-01T14:00:00Z"}""";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "lon1 b Edge", "ams c Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task It_is_in_force_before_it_is_answered_and_makes_no_revision()
    {
        Answer answer = (await Post(Lon1)).Succeeds(201);
        string id = answer.Json.GetProperty("id").GetString()!;
        Assert.StartsWith("l-", id, StringComparison.Ordinal);
        Assert.Equal($"{Drains}/{id}", answer.Headers.Location!.ToString());
        Assert.True(answer.Json.GetProperty("local").GetBoolean());
        Assert.Equal(id, Assert.Single(_admin.Applied[^1].Drains).Id);
        Assert.Empty(_admin.Centre.Current.Drains);
        Assert.Equal(id, Assert.Single((await _admin.OperatorAsync("GET", Drains)).Json.GetProperty("drains").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task It_is_cancelled_without_the_store_too()
    {
        string id = (await Post(Lon1)).Succeeds(201).Json.GetProperty("id").GetString()!;
        Answer ended = (await _admin.OperatorAsync("DELETE", $"{Drains}/{id}?reason=out")).Succeeds();
        Assert.Equal("ended", ended.Json.GetProperty("state").GetString());
        Assert.Empty(_admin.Applied[^1].Drains);
        Assert.Equal(("the operator", "out"), (_admin.Local.Drains.Find(id)!.End!.By, _admin.Local.Drains.Find(id)!.End!.Reason));
        Assert.Equal(404, (await _admin.OperatorAsync("DELETE", $"{Drains}/{id}")).Status);
        (await Post(Lon1)).Succeeds(201);
    }

    [Fact]
    public async Task Guards_hold_for_it_unless_it_is_forced()
    {
        Answer refused = await Post(Lon1.Replace("\"lon1\"", "{\"selector\":\"no=such\"}", StringComparison.Ordinal));
        Assert.Equal(422, refused.Status);
        (await Post(Lon1)).Succeeds(201);
        Answer last = await Post(Lon1.Replace("lon1", "ams", StringComparison.Ordinal));
        Assert.Equal(409, last.Status); // nothing would be left to serve
        (await Post(Lon1.Replace("lon1", "ams", StringComparison.Ordinal).Replace("\"local\"", "\"force\":true,\"local\"", StringComparison.Ordinal))).Succeeds(201);
        Assert.Contains("forced", _admin.Local.Drains.All.Single(drain => drain.Drain.Target.Value == "ams").Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_is_drained_once_whichever_way()
    {
        string id = (await Post(Lon1)).Succeeds(201).Json.GetProperty("id").GetString()!;
        foreach (string again in (string[])[Lon1, Lon1Ordinary])
        {
            Answer answer = await Post(again);
            Assert.Equal((409, id), (answer.Status, answer.Json.GetProperty("existing").GetString()));
        }
    }

    [Fact]
    public async Task A_repeated_request_is_answered_as_the_first_was()
    {
        string first = (await Post(Lon1, ("Idempotency-Key", "k1"))).Succeeds(201).Json.GetProperty("id").GetString()!;
        Assert.Equal(first, (await Post(Lon1, ("Idempotency-Key", "k1"))).Succeeds(201).Json.GetProperty("id").GetString());
        Assert.Equal(422, (await Post(Lon1.Replace("a fire", "a flood", StringComparison.Ordinal), ("Idempotency-Key", "k1"))).Status);
        Assert.Single(_admin.Local.Drains.All);

        await Recorder().StepAsync(default); // and after its revision too
        Answer later = (await Post(Lon1Ordinary.Replace("}", ",\"local\":false}", StringComparison.Ordinal))).Json.TryGetProperty("existing", out JsonElement existing) ? await _admin.OperatorAsync("GET", $"{Drains}/{existing.GetString()}") : default!;
        Assert.Equal(first, later.Succeeds().Json.GetProperty("id").GetString());
        Assert.False(later.Json.TryGetProperty("local", out _));
    }

    [Fact]
    public async Task Drains_of_both_kinds_are_listed_page_by_page()
    {
        (await Post(Lon1.Replace("\"lon1\"", "{\"node\":\"a\"}", StringComparison.Ordinal))).Succeeds(201);
        await Recorder().StepAsync(default); // a local one that stands in a revision before the next ordinary one
        (await Post(Lon1Ordinary.Replace("\"lon1\"", "{\"node\":\"b\"},\"force\":true", StringComparison.Ordinal))).Succeeds(201);
        (await Post(Lon1.Replace("\"lon1\"", "{\"node\":\"c\"},\"force\":true", StringComparison.Ordinal))).Succeeds(201);
        var seen = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            JsonElement page = (await _admin.OperatorAsync("GET", $"{Drains}?limit=1{(cursor.Length > 0 ? "&cursor=" + cursor : "")}")).Succeeds().Json;
            seen.AddRange(page.GetProperty("drains").EnumerateArray().Select(drain => drain.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task It_takes_an_operator_and_is_no_dry_run()
    {
        Assert.Equal(403, (await _admin.CallAsync(AdminRole.Viewer, "POST", Drains, Lon1)).Status);
        Assert.Equal(400, (await _admin.OperatorAsync("POST", Drains + "?dry_run=true", Lon1)).Status);
        Assert.True(_admin.Local.Drains.IsEmpty);
    }

    private LocalDrainRecorder Recorder() => new(_admin.Centre, _admin.Local, "replica-0", new Scheduler.State.SchedulerClock(_admin.Clock));

    private Task<Answer> Post(string body, params (string Name, string Value)[] headers) => _admin.OperatorAsync("POST", Drains, body, headers);
}
