using System.Net;
using System.Text.Json;

namespace Scheduler.Tests.Cli;

public sealed class CommandLineTests
{
    private const string Sites = """
        {"sites":[{"id":"lon1","kind":"pop","region":"europe","place":"London","country":"GB","state":"serving","capacity_bps":4e11,"load_bps":1e11,
         "utilisation":0.25,"sessions":20000,"price_ms":1.25,"nodes":6,"nodes_serving":5,"last_report_ms_ago":320,"later":{"x":1}},{"id":"bare"}]}
        """;

    [Theory]
    [InlineData("stats")]
    [InlineData("status", "--bogus")]
    [InlineData("dispatch")]
    [InlineData("dispatch", "--stream", "s", "--client-ip", "999.1.1.1")]
    [InlineData("drain", "start", "lon1", "--for", "2h")]
    [InlineData("drain", "preview")]
    [InlineData("drain", "preview", "who:lon1")]
    [InlineData("drain", "start", "lon1", "--reason", "r", "--for", "2h", "--until", "2027-01-01T00:00Z")]
    [InlineData("drain", "start", "lon1", "--reason", "r", "--for", "2")]
    [InlineData("drain", "start", "who:lon1", "--reason", "r", "--for", "2h")]
    [InlineData("keys", "create", "--kind", "root", "--name", "x")]
    [InlineData("keys", "create", "--kind", "reporter", "--name", "x")]
    [InlineData("keys", "create", "--kind", "viewer", "--name", "x", "--sites", "lon1")]
    [InlineData("load")]
    [InlineData("load", "--viewers", "0")]
    [InlineData("load", "--viewers", "5", "--nodes", "some")]
    [InlineData("revisions", "--limit", "0")]
    [InlineData("revisions", "--limit", "many")]
    [InlineData("load", "--viewers", "5", "--failures", "2")]
    [InlineData("load", "--viewers", "5", "--failures", "often")]
    [InlineData("load", "--viewers", "5", "--duration", "0s")]
    [InlineData("sites", "--sort", "beauty")]
    [InlineData("fleet", "export", "--format", "xml")]
    [InlineData("fleet", "import")]
    [InlineData("drain", "start", "lon1", "--reason", "r", "--until", "tomorrow")]
    [InlineData("rollback", "x")]
    [InlineData("bench", "nothing")]
    [InlineData("overload")]
    [InlineData("overload", "--rate", "0")]
    [InlineData("status", "--url", "localhost:8080")]
    [InlineData("status", "--url", "ftp://x")]
    [InlineData("status", "--key", "a b")]
    public async Task A_wrong_command_line_is_exit_code_2_with_a_reason_and_calls_nobody(params string[] args)
    {
        var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync(args));
        Assert.NotEmpty(cli.Error.Trim());
        Assert.False(cli.Server.HasMore);
    }

    [Fact]
    public async Task Nobody_there_is_exit_code_1_and_says_how_to_start_one()
    {
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("status"));
        Assert.Contains("No scheduler answers at http://localhost:8080", cli.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project src/Scheduler.Server", cli.Error, StringComparison.Ordinal);
        Assert.Empty(cli.Out);
    }

    [Fact]
    public async Task A_refusal_is_shown_field_by_field()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.UnprocessableEntity,
            """{"title":"The drain is not valid.","status":422,"detail":"Nothing changed.","errors":[{"field":"expires_at","reason":"more than 72 h ahead"},{"field":"target.site","reason":"unknown: lon9"}]}""");
        Assert.Equal(1, await cli.RunAsync("drain", "start", "lon9", "--reason", "r", "--for", "90h"));
        Assert.Contains("The drain is not valid. (422)", cli.Error, StringComparison.Ordinal);
        Assert.Contains("  expires_at: more than 72 h ahead", cli.Error, StringComparison.Ordinal);
        Assert.Contains("  target.site: unknown: lon9", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_one_json_object_for_programs()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Conflict, """{"title":"Drained already","errors":[{"field":"target","reason":"d-1"}]}""");
        Assert.Equal(1, await cli.RunAsync("drain", "start", "lon1", "--reason", "r", "--for", "1h", "--json"));
        using JsonDocument problem = JsonDocument.Parse(cli.Error);
        Assert.Equal(409, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("d-1", problem.RootElement.GetProperty("errors")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("lon1", """{"site":"lon1"}""")]
    [InlineData("site:lon1", """{"site":"lon1"}""")]
    [InlineData("node:lon1-03", """{"node":"lon1-03"}""")]
    [InlineData("rack=r7,zone=a", """{"selector":"rack=r7,zone=a"}""")]
    [InlineData("selector:rack=r7", """{"selector":"rack=r7"}""")]
    public async Task A_drain_sends_its_target_reason_and_end_and_nothing_else(string target, string expected)
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"d-12","target":{"site":"lon1"}}""");
        Assert.Equal(0, await cli.RunAsync("drain", "start", target, "--reason", "kernel update", "--for", "2h"));
        FakeTransport.Call call = await cli.Server.NextAsync();
        Assert.Equal("POST /v1/admin/drains", $"{call.Method} {call.Path}");
        Assert.Equal($$"""{"target":{{expected}},"reason":"kernel update","expires_at":"2026-01-01T02:00:00+00:00"}""", call.Body.Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Contains("scheduler drain cancel d-12", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", 1, false)]
    [InlineData("", 1, false)]
    [InlineData("y", 0, true)]
    public async Task A_person_is_asked_before_something_that_hurts(string typed, int code, bool isSent)
    {
        var cli = new CliRun { Typed = typed + "\n" };
        cli.Server.Answers(HttpStatusCode.OK, "{}");
        Assert.Equal(code, await cli.RunAsync("keys", "revoke", "k7"));
        Assert.Contains("[y/N]", cli.Error, StringComparison.Ordinal);
        Assert.Equal(isSent, cli.Server.HasMore);
    }

    [Fact]
    public async Task Yes_and_a_script_are_not_asked()
    {
        var person = new CliRun { Typed = "n\n" };
        person.Server.Answers(HttpStatusCode.NoContent, "");
        Assert.Equal(0, await person.RunAsync("keys", "revoke", "k7", "--yes"));
        Assert.Equal("DELETE /v1/admin/keys/k7", await Line(person));
        var script = new CliRun();
        script.Server.Answers(HttpStatusCode.OK, "{}");
        Assert.Equal(0, await script.RunAsync("rollback", "12", "--reason", "bad"));
        Assert.Equal("POST /v1/admin/revisions/12:rollback", await Line(script));
    }

    [Fact]
    public async Task Sites_are_drawn_even_where_members_are_missing()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Sites);
        Assert.Equal(0, await cli.RunAsync("sites", "--once"));
        Assert.Contains("lon1", cli.Out, StringComparison.Ordinal);
        Assert.Contains("25 %", cli.Out, StringComparison.Ordinal);
        Assert.Contains("100 Gbit/s", cli.Out, StringComparison.Ordinal);
        Assert.Contains("bare", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', cli.Out);
    }

    [Fact]
    public async Task Json_hands_the_servers_document_on_with_members_unknown_here()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Sites);
        Assert.Equal(0, await cli.RunAsync("sites", "--json"));
        using JsonDocument document = JsonDocument.Parse(cli.Out);
        Assert.Equal(1, document.RootElement.GetProperty("sites")[0].GetProperty("later").GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task Status_is_exit_code_1_when_the_scheduler_is_not_ready()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """{"version":"0.1.0","ready":false,"degraded":["cold_start"]}""");
        Assert.Equal(1, await cli.RunAsync("status"));
        Assert.Contains("cold_start", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_ours_is_a_problem_and_no_crash()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, "<html>", "text/html");
        Assert.Equal(1, await cli.RunAsync("sites", "--once"));
        Assert.NotEmpty(cli.Error);
    }

    [Fact]
    public async Task Keys_are_printed_when_made_and_never_when_listed()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"k7","key":"sk_o_k7_SECRET","kind":"operator","name":"noc"}""")
            .Answers(HttpStatusCode.OK, """{"keys":[{"id":"k7","kind":"operator","name":"noc","key":"sk_o_k7_SECRET"}]}""")
            .Answers(HttpStatusCode.OK, """{"keys":[{"id":"k7","kind":"operator","name":"noc","key":"sk_o_k7_SECRET"}]}""");
        Assert.Equal(0, await cli.RunAsync("keys", "create", "--kind", "operator", "--name", "noc"));
        Assert.Equal("sk_o_k7_SECRET", cli.Out.Trim());
        Assert.DoesNotContain("SECRET", cli.Error, StringComparison.Ordinal);
        Assert.Equal("""{"kind":"operator","name":"noc"}""", (await cli.Server.NextAsync()).Body);
        Assert.Equal(0, await cli.RunAsync("keys", "list"));
        Assert.Equal(0, await cli.RunAsync("keys", "list", "--json"));
        Assert.Equal(1, cli.Out.Split("SECRET").Length - 1);
    }

    [Fact]
    public async Task The_keys_of_a_site_are_alone_on_standard_output()
    {
        const string Keys = """{"site":"lon1","number":7,"keys":[{"id":1,"key":"b2xk","current":false},{"id":2,"key":"bmV3","current":true}]}""";
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Keys);
        Assert.Equal(0, await cli.RunAsync("keys", "site", "lon1"));
        Assert.Equal("GET /v1/admin/sites/lon1/ticket-keys", await Line(cli));
        Assert.Equal(["1 b2xk", "2 bmV3 current"], cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("number 7", cli.Error, StringComparison.Ordinal);

        var script = new CliRun();
        script.Server.Answers(HttpStatusCode.OK, Keys);
        Assert.Equal(0, await script.RunAsync("keys", "site", "lon1", "--json"));
        using JsonDocument document = JsonDocument.Parse(script.Out);
        Assert.Equal("bmV3", document.RootElement.GetProperty("keys")[1].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Revisions_are_read_page_by_page_until_there_are_enough()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """{"revisions":[{"revision":9},{"revision":8}],"next":"c8"}""")
            .Answers(HttpStatusCode.OK, """{"revisions":[{"revision":7},{"revision":6}],"next":"c6"}""");
        Assert.Equal(0, await cli.RunAsync("revisions", "--limit", "3", "--json"));
        using JsonDocument document = JsonDocument.Parse(cli.Out);
        Assert.Equal([9, 8, 7], document.RootElement.GetProperty("revisions").EnumerateArray().Select(r => r.GetProperty("revision").GetInt32()));
        Assert.Equal("/v1/admin/revisions?limit=3", (await cli.Server.NextAsync()).Path);
        Assert.Equal("/v1/admin/revisions?limit=1&cursor=c8", (await cli.Server.NextAsync()).Path);
        Assert.False(cli.Server.HasMore);
    }

    [Fact]
    public async Task Import_replaces_what_it_saw_and_nothing_newer()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "f.yaml"), "sites: []\n");
        var cli = new CliRun { Directory = directory };
        cli.Server.Answers(_ =>
            {
                HttpResponseMessage response = FakeTransport.Response(HttpStatusCode.OK, "{}");
                response.Headers.ETag = new("\"17\"");
                return response;
            })
            .Answers(HttpStatusCode.PreconditionFailed, """{"title":"Lost the race"}""");
        Assert.Equal(1, await cli.RunAsync("fleet", "import", "f.yaml", "--reason", "two more racks"));
        await cli.Server.NextAsync();
        FakeTransport.Call put = await cli.Server.NextAsync();
        Assert.Equal("PUT /v1/admin/fleet?reason=two%20more%20racks", $"{put.Method} {put.Path}");
        Assert.Equal(("\"17\"", "application/yaml", "sites: []\n"), (put.Headers["If-Match"], put.Headers["Content-Type"], put.Body));
        Assert.Contains("nothing is lost", cli.Error, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task The_key_file_is_read_for_this_machine_and_never_sent_to_another()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Combine(directory, "data"));
        await File.WriteAllTextAsync(Path.Combine(directory, "data", "admin.key"), "sk_a_1_x\n");
        var cli = new CliRun { Directory = directory };
        cli.Server.Answers(HttpStatusCode.OK, Sites).Answers(HttpStatusCode.OK, Sites).Answers(HttpStatusCode.OK, Sites);
        await cli.RunAsync("sites", "--json");
        await cli.RunAsync("sites", "--json", "--url", "http://scheduler.example:8080");
        cli.Variables["SCHEDULER_KEY"] = "sk_from_env";
        await cli.RunAsync("sites", "--json", "--url", "http://scheduler.example:8080");
        Assert.Equal("Bearer sk_a_1_x", (await cli.Server.NextAsync()).Headers["Authorization"]);
        Assert.DoesNotContain("Authorization", (await cli.Server.NextAsync()).Headers.Keys);
        Assert.Equal("Bearer sk_from_env", (await cli.Server.NextAsync()).Headers["Authorization"]);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task No_help_tells_of_an_option_twice()
    {
        foreach (string[] path in (string[][])[["fleet", "validate"], ["geo", "lookup"], ["keys", "recover"], ["keys", "rotate"], ["fleet", "import"]])
        {
            var run = new CliRun();
            Assert.Equal(0, await run.RunAsync([.. path, "--help"]));
            string[] options = [.. run.Out.Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(word => word.StartsWith("--", StringComparison.Ordinal))];
            Assert.NotEmpty(options);
            Assert.Equal(options.Distinct(), options);
        }
    }

    [Fact]
    public async Task A_401_without_a_key_says_where_to_find_one()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Unauthorized, """{"title":"No key"}""");
        Assert.Equal(1, await cli.RunAsync("drain", "list"));
        Assert.Contains("--key", cli.Error, StringComparison.Ordinal);
    }

    private static async Task<string> Line(CliRun cli)
    {
        FakeTransport.Call call = await cli.Server.NextAsync();
        return $"{call.Method} {call.Path}";
    }
}
