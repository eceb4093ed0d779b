using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.State;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>Every page and form that there is: nobody gets in without a session, nobody changes anything beyond his role or with a form that is not his.</summary>
public sealed class ConsoleRouteTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private static readonly string[] Open = ["/console/sign-in", "/console/assets/{name}"];

    /// <summary>The forms and the least role that may send each.</summary>
    private static readonly Dictionary<string, ApiKeyKind> Forms = new()
    {
        ["/console/sign-out"] = ApiKeyKind.Viewer,
        ["/console/drains"] = ApiKeyKind.Operator,
        ["/console/drains/{id}/undo"] = ApiKeyKind.Operator,
        ["/console/revisions/{n}/rollback"] = ApiKeyKind.Operator,
        ["/console/simulations"] = ApiKeyKind.Operator,
        ["/console/simulations/{id}/stop"] = ApiKeyKind.Operator,
        ["/console/keys"] = ApiKeyKind.Admin,
        ["/console/keys/{id}/revoke"] = ApiKeyKind.Admin,
    };

    [Fact]
    public void Every_form_stands_in_the_table() => Assert.Equal(Forms.Keys.Order(), Routes("POST").Except(Open).Order());

    [Fact]
    public async Task Nobody_sees_or_sends_anything_without_a_session()
    {
        using var stranger = new ConsoleVisitor(scheduler.Address);
        foreach (string path in Routes("GET").Except(Open)) Assert.StartsWith("/console/sign-in", (await stranger.GetAsync(Filled(path))).Is(303).Location, StringComparison.Ordinal);
        foreach (string path in Forms.Keys) (await UnchangedAsync(() => stranger.PostAsync(Filled(path)))).Is(303);
    }

    [Fact]
    public async Task A_program_is_told_in_problem_details()
    {
        foreach (string path in Routes("GET").Except(Open)) (await scheduler.CallAsync(null, "GET", Filled(path))).Fails(401, "unauthorized");
        foreach (string path in Forms.Keys) (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", Filled(path), "{}")).Fails(401, "unauthorized");
    }

    [Theory]
    [InlineData(ApiKeyKind.Viewer)]
    [InlineData(ApiKeyKind.Operator)]
    public async Task A_form_beyond_the_role_is_refused(ApiKeyKind kind)
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(kind));
        string token = ConsoleVisitor.HiddenOf((await visitor.GetAsync("/")).Text, "/console/sign-out").First().Value;
        foreach ((string path, ApiKeyKind least) in Forms)
        {
            if (least <= kind) continue;
            ConsoleAnswer answer = await UnchangedAsync(() => visitor.PostAsync(Filled(path), ("form_token", token), ("name", "x"), ("kind", "admin")));
            Assert.Contains("takes the role", answer.Is(403).Text, StringComparison.Ordinal);
        }
        if (kind < ApiKeyKind.Admin) (await visitor.GetAsync("/console/keys")).Is(403);
    }

    [Fact]
    public async Task A_form_without_the_word_of_the_session_or_of_another_site_is_refused()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        using var other = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Admin));
        await other.SignInAsync(scheduler.Key(ApiKeyKind.Admin));
        string own = ConsoleVisitor.HiddenOf((await visitor.GetAsync("/")).Text, "/console/sign-out").First().Value;
        string foreign = ConsoleVisitor.HiddenOf((await other.GetAsync("/")).Text, "/console/sign-out").First().Value;
        foreach (string path in Forms.Keys)
        {
            (await UnchangedAsync(() => visitor.PostAsync(Filled(path)))).Is(403);
            (await UnchangedAsync(() => visitor.PostAsync(Filled(path), ("form_token", foreign)))).Is(403);
            var crossed = new HttpRequestMessage(HttpMethod.Post, Filled(path)) { Content = new FormUrlEncodedContent([new("form_token", own)]) };
            crossed.Headers.Add("Origin", "https://evil.example");
            (await UnchangedAsync(() => visitor.SendAsync(crossed))).Is(403);
            (await UnchangedAsync(() => visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, Filled(path)) { Content = new StringContent("{}") }))).Is(400);
        }
    }

    [Fact]
    public async Task Every_page_is_drawn_and_lets_no_script_of_others_run()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Admin));
        foreach (string path in Routes("GET").Except(Open).Where(path => path is not ("/console/events" or "/console/past" or "/console/flows")))
        {
            ConsoleAnswer answer = await visitor.GetAsync(path == "/console/sites/{id}" ? "/console/sites/p00" : Filled(path));
            Assert.True(answer.Status is 200 or 404, $"{path}: {answer.Status} {answer.Text}");
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=\"", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(" onclick", answer.Text, StringComparison.Ordinal);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task What_is_typed_is_text_and_no_markup()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Admin));
        const string Evil = "\"><script>alert(1)</script>";
        foreach (string page in (string[])["/console/sites?q=", "/console/why?client_ip=1.2.3.4&stream=", "/console/drains/new?site=", "/console/revisions?text=", "/console/audit?text=", "/console/simulations?target="])
            Assert.DoesNotContain("<script>alert", (await visitor.GetAsync(page + Uri.EscapeDataString(Evil))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_kept_for_good_by_their_hash()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        string page = (await visitor.GetAsync("/console/sign-in")).Text;
        string href = page.Split('"').First(part => part.Contains("console.css", StringComparison.Ordinal));
        ConsoleAnswer file = (await visitor.GetAsync(href)).Is(200);
        Assert.Equal("text/css; charset=utf-8", file.Type!.ToString());
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var again = new HttpRequestMessage(HttpMethod.Get, href);
        again.Headers.IfNoneMatch.Add(file.Headers.ETag!);
        (await visitor.SendAsync(again)).Is(304);
        Assert.Equal("no-cache", (await visitor.GetAsync("/console/assets/console.css?v=old")).Is(200).Headers.CacheControl!.ToString());
        (await visitor.GetAsync("/console/assets/nothing.css")).Is(404);
    }

    private async Task<ConsoleAnswer> UnchangedAsync(Func<Task<ConsoleAnswer>> call)
    {
        (long, int) Present() => (
            scheduler.Services.GetRequiredService<ConfigurationCentre>().Current.Revision, scheduler.Services.GetRequiredService<Scheduler.Server.Security.KeyRegistry>().Keys.Length);
        var before = Present();
        ConsoleAnswer answer = await call();
        Assert.Equal(before, Present());
        return answer;
    }

    private string[] Routes(string method) =>
    [
        .. scheduler.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path == "/" || path.StartsWith("/console", StringComparison.Ordinal)),
    ];

    private static string Filled(string path) => path.Replace("{id}", "nobody", StringComparison.Ordinal).Replace("{n}", "999999", StringComparison.Ordinal);
}
