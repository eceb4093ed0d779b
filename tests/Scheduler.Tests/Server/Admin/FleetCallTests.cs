using Scheduler.Server.Security;

namespace Scheduler.Tests.Server.Admin;

public sealed class FleetCallTests : IAsyncLifetime
{
    private const string Fleet = "/v1/admin/fleet";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: "lon1 lon1-01 Edge");

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task The_fleet_comes_with_its_revision_as_a_strong_tag()
    {
        Answer answer = (await _admin.CallAsync(AdminRole.Viewer, "GET", Fleet)).Succeeds();
        Assert.Equal("\"1\"", answer.ETag);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(SmallFleet.Json("lon1 lon1-01 Edge"), answer.Text);
    }

    [Fact]
    public async Task The_fleet_comes_as_yaml_by_format_or_by_accept()
    {
        Answer byFormat = (await _admin.OperatorAsync("GET", Fleet + "?format=yaml")).Succeeds();
        Answer byAccept = (await _admin.OperatorAsync("GET", Fleet, null, ("Accept", "application/yaml"))).Succeeds();
        Assert.Equal(("application/yaml", SmallFleet.Yaml("lon1 lon1-01 Edge")), (byFormat.MediaType, byFormat.Text));
        Assert.Equal(byFormat.Text, byAccept.Text);
    }

    [Fact]
    public async Task An_unchanged_fleet_is_not_sent_again() => (await _admin.OperatorAsync("GET", Fleet, null, ("If-None-Match", "\"1\""))).Succeeds(304);

    [Fact]
    public async Task The_fleet_of_an_earlier_revision_can_be_read()
    {
        await Put(SmallFleet.Json("ams ams-01 Edge"));
        Answer past = (await _admin.OperatorAsync("GET", Fleet + "?revision=1")).Succeeds();
        Assert.Equal(("\"1\"", SmallFleet.Json("lon1 lon1-01 Edge")), (past.ETag, past.Text));
        (await _admin.OperatorAsync("GET", Fleet + "?revision=77")).Fails(404, "not-found");
        (await _admin.OperatorAsync("GET", Fleet + "?revision=x")).Fails(400, "invalid-request", "revision");
    }

    [Fact]
    public async Task A_put_upon_the_newest_revision_replaces_the_fleet_and_says_who_and_why()
    {
        Answer answer = (await _admin.OperatorAsync("PUT", Fleet + "?reason=new%20rack", SmallFleet.Json("lon1 lon1-01 Edge", "lon1 lon1-02 Edge"), ("If-Match", "\"1\""))).Succeeds();
        Assert.Equal("\"2\"", answer.ETag);
        Assert.Equal((2, 1, 2), (answer.Json.GetProperty("revision").GetInt32(), answer.Json.GetProperty("sites").GetInt32(), answer.Json.GetProperty("nodes").GetInt32()));
        Assert.Equal(2, _admin.Applied[^1].Fleet.Nodes.Length);
        var stored = (await _admin.Stores.Revisions.ReadNewestAsync(default))!.Revision;
        Assert.Equal(("the operator", "new rack"), (stored.Author, stored.Reason));
    }

    [Theory]
    [InlineData("?format=yaml", "application/x-www-form-urlencoded")]
    [InlineData("", "application/yaml")]
    [InlineData("", "text/yaml; charset=utf-8")]
    public async Task A_put_takes_yaml_by_format_or_by_content_type(string query, string contentType)
    {
        Answer answer = await _admin.CallAsync(AdminRole.Operator, "PUT", Fleet + query, SmallFleet.Yaml("ams ams-01 Edge"), contentType, ("If-Match", "\"1\""));
        answer.Succeeds();
        Assert.Equal("ams-01", Assert.Single(_admin.Centre.Current.Fleet.Nodes).Id);
    }

    [Fact]
    public async Task A_put_without_a_condition_is_428()
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Fleet, "[]"))).Fails(428, "version-required");

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("\"2\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"abc\"")]
    public async Task A_put_upon_another_revision_is_412_and_names_the_newest(string tag)
    {
        Answer answer = await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Fleet, SmallFleet.Json("ams ams-01 Edge"), ("If-Match", tag)));
        Assert.Equal(1, answer.Fails(412, "stale-version").Json.GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"7\", \"1\"")]
    public async Task A_put_upon_any_revision_or_one_of_several_is_taken(string tag)
        => (await _admin.OperatorAsync("PUT", Fleet, SmallFleet.Json("ams ams-01 Edge"), ("If-Match", tag))).Succeeds();

    [Fact]
    public async Task A_malformed_condition_is_400()
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Fleet, "[]", ("If-Match", "17")))).Fails(400, "invalid-request");

    [Fact]
    public async Task Of_two_puts_upon_one_revision_the_second_loses()
    {
        await Put(SmallFleet.Json("ams ams-01 Edge"));
        (await _admin.UnchangedAsync(() => Put(SmallFleet.Json("par1 par1-01 Edge")))).Fails(412, "stale-version");
        Assert.Equal("ams-01", Assert.Single(_admin.Centre.Current.Fleet.Nodes).Id);
    }

    [Fact]
    public async Task Every_fault_of_a_document_is_named_with_its_line()
    {
        string broken = SmallFleet.Yaml("ams ams-01 Edge", "ams ams-02 Edge").Replace(".edge.example", "..example", StringComparison.Ordinal);
        int[] lines = [.. broken.Split('\n').Index().Where(line => line.Item.Contains("..example", StringComparison.Ordinal)).Select(line => line.Index + 1)];
        Answer answer = await _admin.UnchangedAsync(() => _admin.CallAsync(
            AdminRole.Operator, "PUT", Fleet, broken, "application/yaml", ("If-Match", "\"1\"")));
        answer.Fails(422, "invalid-fields", "sites[0].nodes[0].host", "sites[0].nodes[1].host");
        Assert.Equal(lines, answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32()));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_fleet_of_an_unknown_type_is_415(string? contentType) => (await _admin.UnchangedAsync(
        () => _admin.CallAsync(AdminRole.Operator, "PUT", Fleet, "[]", contentType, ("If-Match", "\"1\"")))).Fails(415, "unsupported-media-type");

    [Fact]
    public async Task An_unknown_format_is_400()
    {
        (await _admin.OperatorAsync("GET", Fleet + "?format=xml")).Fails(400, "invalid-request", "format");
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Fleet + "?format=xml", "[]", ("If-Match", "\"1\"")))).Fails(400, "invalid-request", "format");
    }

    [Fact]
    public async Task A_fleet_over_32_MiB_is_413()
        => (await _admin.UnchangedAsync(() => Put("\"" + new string('x', 32 * 1024 * 1024) + "\""))).Fails(413, "body-too-large");

    [Fact]
    public async Task A_fleet_larger_than_the_servers_own_limit_is_read()
    {
        string body = new string(' ', 31_000_000) + SmallFleet.Json("ams ams-01 Edge");
        (await Put(body)).Succeeds();
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    [InlineData("line%0Abreak")]
    public async Task A_reason_that_is_none_is_422(string reason)
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Fleet + "?reason=" + reason, "[]", ("If-Match", "\"1\"")))).Fails(422, "invalid-fields", "reason");

    private Task<Answer> Put(string body) => _admin.OperatorAsync("PUT", Fleet, body, ("If-Match", "\"1\""));
}
