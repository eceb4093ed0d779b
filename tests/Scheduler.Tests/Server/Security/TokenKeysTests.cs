using System.Collections.Immutable;
using Scheduler.Core.Sessions;
using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Server.Security;

/// <summary>A rotation: the new key is listed first, signs later, and the old one verifies until nothing of it is left.</summary>
public sealed class TokenKeysTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly VirtualClock _clock = new();
    private readonly MemorySecretStore _store = new();
    private readonly TokenKeys _keys;

    public TokenKeysTests() => _keys = new TokenKeys(_store, new SecurityOptions(), _clock);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task The_first_secret_signs_at_once()
    {
        await _keys.LoadAsync(default);
        Assert.Equal([1], Ids());
        Assert.Equal(1, _keys.Ring.CurrentKeyId);
    }

    [Fact]
    public async Task A_new_one_is_listed_at_once_signs_ten_minutes_later_and_the_old_one_goes_a_day_after()
    {
        await _keys.LoadAsync(default);
        var made = (TokenKeyRotation.Made)await _keys.RotateAsync(default);
        Assert.Equal(2, made.Secret.Id);
        Assert.Equal([1, 2], Ids());
        await SignsAfter(MasterSecrets.ListedFirst - Tick, signing: 1, 1, 2);
        await SignsAfter(Tick, signing: 2, 1, 2);
        await SignsAfter(MasterSecrets.KeptAfter - Tick, signing: 2, 1, 2);
        await SignsAfter(Tick, signing: 2, 2);
    }

    [Fact]
    public async Task Tokens_of_the_old_one_stay_valid_until_they_have_expired()
    {
        await _keys.LoadAsync(default);
        byte[] stream = "s"u8.ToArray(), token = new byte[SessionToken.MaxLength];
        uint expiry = (uint)_clock.GetUtcNow().ToUnixTimeSeconds() + 9_000; // the longest that the options allow
        var claims = new SessionClaims(1, 2, 1, 1, StreamName.Hash(stream), 3_000, 1, SessionKind.Play, Scheduler.Core.Topology.StreamProtocols.Hls, expiry);
        int length = SessionToken.Write(in claims, stream, _keys.Ring, token);
        await _keys.RotateAsync(default);
        for (uint now = expiry - 9_000; now < expiry; now += 300)
        {
            Assert.Equal(TokenVerdict.Valid, SessionToken.Read(token.AsSpan(0, length), _keys.Ring, now, out _));
            _clock.Advance(TimeSpan.FromMinutes(5));
            await _keys.LoadAsync(default);
        }
        Assert.Equal(2, _keys.Ring.CurrentKeyId);
    }

    [Fact]
    public async Task There_is_one_rotation_at_a_time()
    {
        await _keys.LoadAsync(default);
        await _keys.RotateAsync(default);
        var pending = (TokenKeyRotation.Pending)await _keys.RotateAsync(default);
        Assert.Equal((2, _clock.GetUtcNow() + MasterSecrets.ListedFirst), (pending.Id, pending.SignsFrom));
        Assert.Equal([1, 2], Ids());
        _clock.Advance(MasterSecrets.ListedFirst);
        Assert.IsType<TokenKeyRotation.Made>(await _keys.RotateAsync(default));
        Assert.Equal([1, 2, 3], Ids());
    }

    [Fact]
    public async Task Another_replica_takes_it_with_its_next_look()
    {
        await _keys.LoadAsync(default);
        using var other = new TokenKeys(_store, new SecurityOptions(), _clock);
        await other.LoadAsync(default);
        await _keys.RotateAsync(default);
        TokenKeyRing before = other.Ring;
        await other.LoadAsync(default);
        Assert.NotSame(before, other.Ring);
        before = other.Ring;
        await other.LoadAsync(default);
        Assert.Same(before, other.Ring);
    }

    [Fact]
    public async Task Secrets_of_the_configuration_are_rotated_there()
    {
        var options = new SecurityOptions();
        options.TokenKeys.Add("7:" + Convert.ToBase64String(new byte[32]));
        using var keys = new TokenKeys(_store, options, _clock);
        await keys.LoadAsync(default);
        Assert.IsType<TokenKeyRotation.Configured>(await keys.RotateAsync(default));
        Assert.Equal(7, keys.Ring.CurrentKeyId);
    }

    [Fact]
    public void A_calendar_that_was_set_back_finds_the_oldest_secret()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ImmutableArray<MasterSecret> secrets = [new(2, new byte[32], now), new(1, new byte[32], now.AddDays(-1))];
        Assert.Equal(1, MasterSecrets.Signing(secrets, now.AddDays(-30)).Id);
        Assert.Empty(MasterSecrets.Spent(secrets, now.AddDays(-30)));
    }

    private async Task SignsAfter(TimeSpan passed, byte signing, params int[] listed)
    {
        _clock.Advance(passed);
        await _keys.LoadAsync(default);
        Assert.Equal(signing, _keys.Ring.CurrentKeyId);
        Assert.Equal(listed, Ids());
    }

    private IEnumerable<int> Ids() => _keys.Ring.SiteKeys(1).Select(key => (int)key.KeyId);
}
