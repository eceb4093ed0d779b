using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>From a key to a session, and all that is no way in.</summary>
public sealed class SignInTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>, IDisposable
{
    private readonly ConsoleVisitor _visitor = new(scheduler.Address);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_then_to_where_he_wanted()
    {
        (await _visitor.GetAsync("/console/sites?q=p00")).LeadsTo("/console/sign-in?to=%2Fconsole%2Fsites%3Fq%3Dp00");
        (await _visitor.SignInAsync(scheduler.Key(ApiKeyKind.Viewer), "/console/sites?q=p00")).LeadsTo("/console/sites?q=p00");
        Assert.Contains("p00", (await _visitor.GetAsync("/console/sites?q=p00")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_read_by_no_script_and_sent_by_no_other_site()
    {
        ConsoleAnswer answer = await _visitor.SignInAsync(scheduler.Key(ApiKeyKind.Viewer));
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        foreach (string word in (string[])["httponly", "samesite=strict", "path=/", "max-age=43200"]) Assert.Contains(word, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(scheduler.Key(ApiKeyKind.Viewer), cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_v_nobody", 401)]
    [InlineData("", 401)]
    public async Task A_wrong_key_opens_nothing(string key, int status)
    {
        (await _visitor.SignInAsync(key)).Is(status);
        Assert.Equal("", _visitor.Cookie);
    }

    [Theory]
    [InlineData(ApiKeyKind.Player)]
    [InlineData(ApiKeyKind.Backend)]
    [InlineData(ApiKeyKind.Reporter)]
    public async Task A_key_of_another_kind_is_told_so(ApiKeyKind kind)
    {
        Assert.Contains("cannot open the console", (await _visitor.SignInAsync(scheduler.Key(kind))).Is(403).Text, StringComparison.Ordinal);
        Assert.Equal("", _visitor.Cookie);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_to_another_host(string to) => (await _visitor.SignInAsync(scheduler.Key(ApiKeyKind.Viewer), to)).LeadsTo("/");

    [Fact]
    public async Task A_form_that_was_not_drawn_here_signs_nobody_in() =>
        (await _visitor.PostAsync("/console/sign-in", ("key", scheduler.Key(ApiKeyKind.Viewer)))).Is(403);

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copy_of_its_cookie_too()
    {
        await _visitor.SignInAsync(scheduler.Key(ApiKeyKind.Viewer));
        string copy = _visitor.Cookie;
        (await _visitor.SubmitAsync("/", "/console/sign-out")).LeadsTo("/console/sign-in");
        Assert.Equal("", _visitor.Cookie);
        using var thief = new ConsoleVisitor(scheduler.Address);
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", copy);
        (await thief.SendAsync(request)).Is(303);
    }

    [Fact]
    public async Task A_revoked_key_ends_its_sessions()
    {
        var made = (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"viewer","name":"short-lived"}""")).Succeeds(201).Json;
        await _visitor.SignInAsync(made.GetProperty("key").GetString()!);
        (await _visitor.GetAsync("/")).Is(200);
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/keys/{made.GetProperty("id").GetString()}")).Succeeds(204);
        (await _visitor.GetAsync("/")).Is(303);
    }

    [Fact]
    public async Task The_cookie_is_no_key_of_the_admin_api()
    {
        await _visitor.SignInAsync(scheduler.Key(ApiKeyKind.Admin));
        (await _visitor.GetAsync("/v1/admin/status")).Is(401);
    }
}
