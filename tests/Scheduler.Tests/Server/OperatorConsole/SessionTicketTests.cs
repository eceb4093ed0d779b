using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>The text in the console's cookie: who may make one, how long it lasts, and what ends it.</summary>
public sealed class SessionTicketTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new();
    private readonly MemorySecretStore _secrets = new();
    private readonly MemoryKeyStore _keyStore = new();
    private readonly TokenKeys _tokens;
    private readonly KeyRegistry _keys;
    private readonly EndedSessions _ended = new();
    private SessionTickets _tickets = null!;
    private Caller _caller = null!;
    private string _keyId = "";

    public SessionTicketTests()
    {
        _tokens = new TokenKeys(_secrets, new SecurityOptions(), _clock);
        _keys = new KeyRegistry(_keyStore, new SecurityOptions(), _clock);
    }

    public async Task InitializeAsync()
    {
        await _tokens.LoadAsync(default);
        await _keys.CreateAsync(ApiKeyKind.Admin, "an admin", [], "test", null, default);
        var made = (KeyCreation.Created)await _keys.CreateAsync(ApiKeyKind.Operator, "an operator", [], "test", null, default);
        (_keyId, _caller) = (made.Key.Id, _keys.Ring.Find(made.Secret));
        _tickets = new SessionTickets(_tokens, _keys, _ended, _clock);
    }

    public Task DisposeAsync()
    {
        _tokens.Dispose();
        _keys.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void A_ticket_tells_who_signed_in()
    {
        Session session = _tickets.Read(_tickets.Make(_caller))!;
        Assert.Equal(("an operator", AdminRole.Operator), (session.Caller.Name, session.Caller.Role));
        Assert.Equal(_clock.GetUtcNow() + SessionTickets.Lifetime, session.Until);
    }

    [Fact]
    public void Two_sessions_of_one_key_are_two() => Assert.NotEqual(_tickets.Make(_caller), _tickets.Make(_caller));

    [Fact]
    public void It_lasts_twelve_hours_and_not_a_second_longer()
    {
        string ticket = _tickets.Make(_caller);
        _clock.Advance(TimeSpan.FromHours(12));
        Assert.NotNull(_tickets.Read(ticket));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_tickets.Read(ticket));
    }

    [Fact]
    public async Task It_ends_with_its_key()
    {
        string ticket = _tickets.Make(_caller);
        await _keys.RevokeAsync(_keyId, "test", default);
        Assert.Null(_tickets.Read(ticket));
    }

    [Fact]
    public void It_ends_when_it_is_signed_out_of_and_no_other_does()
    {
        string ticket = _tickets.Make(_caller), other = _tickets.Make(_caller);
        _ended.Add(_tickets.Read(ticket)!.Nonce);
        Assert.Null(_tickets.Read(ticket));
        Assert.NotNull(_tickets.Read(other));
    }

    [Fact]
    public async Task Another_replica_and_the_next_start_read_it()
    {
        string ticket = _tickets.Make(_caller);
        using var tokens = new TokenKeys(_secrets, new SecurityOptions(), _clock);
        await tokens.LoadAsync(default);
        Assert.NotNull(new SessionTickets(tokens, _keys, new EndedSessions(), _clock).Read(ticket));
    }

    [Fact]
    public async Task It_outlives_the_rotation_of_secrets()
    {
        string ticket = _tickets.Make(_caller);
        await _tokens.RotateAsync(default);
        _clock.Advance(MasterSecrets.ListedFirst);
        await _tokens.LoadAsync(default);
        Assert.Equal(2, _tokens.Ring.CurrentKeyId);
        Assert.NotNull(_tickets.Read(ticket));
    }

    [Fact]
    public void No_other_text_is_a_ticket()
    {
        string ticket = _tickets.Make(_caller);
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<int>().Zip(ArbMap.Default.GeneratorFor<char>()).ToArbitrary(),
            change =>
            {
                char[] text = ticket.ToCharArray();
                int at = (int)((uint)change.Item1 % text.Length);
                bool same = text[at] == change.Item2;
                text[at] = change.Item2;
                return same || _tickets.Read(new string(text)) is null;
            }).QuickCheckThrowOnFailure();
        Prop.ForAll<string>(text => _tickets.Read(text) is null && !_tickets.IsFormToken("nonce", text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_form_of_one_session_is_none_of_another()
    {
        string token = _tickets.FormToken("one");
        Assert.True(_tickets.IsFormToken("one", token));
        Assert.False(_tickets.IsFormToken("two", token));
        Assert.False(_tickets.IsFormToken("one", token + "x"));
        Assert.Null(_tickets.Read(token));
    }

    [Fact]
    public void Ended_sessions_are_remembered_up_to_a_bound()
    {
        for (int i = 0; i <= EndedSessions.Most; i++) _ended.Add($"{i}");
        Assert.False(_ended.Contains("0"));
        Assert.True(_ended.Contains("1"));
        Assert.True(_ended.Contains($"{EndedSessions.Most}"));
    }
}
