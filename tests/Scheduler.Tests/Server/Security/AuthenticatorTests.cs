using System.Net;
using Microsoft.AspNetCore.Http;
using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Server.Security;

public sealed class AuthenticatorTests : IAsyncLifetime
{
    private readonly IKeyStore _store = new MemoryKeyStore();
    private readonly (ApiKey Stored, string Secret) _player = Keys.New(ApiKeyKind.Player);
    private readonly (ApiKey Stored, string Secret) _backend = Keys.New(ApiKeyKind.Backend);
    private readonly KeyRegistry _keys;

    public AuthenticatorTests() => _keys = new KeyRegistry(_store, new SecurityOptions(), TimeProvider.System);

    public async Task InitializeAsync()
    {
        await _store.AddAsync(_player.Stored, default);
        await _store.AddAsync(_backend.Stored, default);
        await _keys.LoadAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    [InlineData("BEARER   ")]
    public void A_bearer_header_names_the_caller(string prefix)
        => Assert.Equal(_backend.Stored.Name, Authenticate(header: prefix + _backend.Secret).Name);

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer sk_a_0123456789_0123456789abcdef0123456789abcdef")]
    [InlineData("")]
    public void Any_other_header_is_an_unknown_key_in_demo_mode_too(string header)
    {
        Assert.Same(Caller.UnknownKey, Authenticate(header: header));
        Assert.Same(Caller.UnknownKey, Authenticate(header: header, demo: true, remote: IPAddress.Loopback));
    }

    [Theory]
    [InlineData("?k=KEY")]
    [InlineData("?stream=a&k=KEY")]
    [InlineData("?kk=1&k=KEY&x=2")]
    public void A_publishable_key_may_come_in_the_address(string query)
        => Assert.Equal(_player.Stored.Name, Authenticate(query: query.Replace("KEY", _player.Secret, StringComparison.Ordinal)).Name);

    [Fact]
    public void A_secret_key_in_the_address_is_refused() => Assert.Same(Caller.UnknownKey, Authenticate(query: $"?k={_backend.Secret}"));

    [Theory]
    [InlineData("?ok=KEY")]
    [InlineData("?k")]
    [InlineData("?k=")]
    [InlineData("?")]
    [InlineData("")]
    public void Without_a_key_the_caller_is_no_one(string query) => Assert.Same(Caller.NoKey, Authenticate(query: query));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", false)]
    public void In_demo_mode_only_loopback_needs_no_key(string remote, bool free)
    {
        Assert.Same(free ? Caller.Demo : Caller.NoKey, Authenticate(demo: true, remote: IPAddress.Parse(remote)));
        Assert.Same(Caller.NoKey, Authenticate(demo: false, remote: IPAddress.Parse(remote)));
    }

    [Fact]
    public void An_unknown_remote_address_is_not_loopback() => Assert.Same(Caller.NoKey, Authenticate(demo: true, remote: null));

    [Fact]
    public void To_authenticate_by_header_or_on_loopback_allocates_nothing()
    {
        var authenticator = new Authenticator(_keys, demo: true);
        HttpContext keyed = Context($"Bearer {_backend.Secret}", "", IPAddress.Parse("192.0.2.1"));
        HttpContext free = Context(null, "", IPAddress.Loopback);
        for (int i = 0; i < 100; i++)
        {
            authenticator.Authenticate(keyed);
            authenticator.Authenticate(free);
        }

        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                authenticator.Authenticate(keyed);
                authenticator.Authenticate(free);
            }
        }));
    }

    private static DefaultHttpContext Context(string? header, string query, IPAddress? remote)
    {
        var context = new DefaultHttpContext();
        if (header is not null) context.Request.Headers.Authorization = header;
        context.Request.QueryString = new QueryString(query);
        context.Connection.RemoteIpAddress = remote;
        return context;
    }

    private Caller Authenticate(string? header = null, string query = "", bool demo = false, IPAddress? remote = null)
        => new Authenticator(_keys, demo).Authenticate(Context(header, query, remote));
}
