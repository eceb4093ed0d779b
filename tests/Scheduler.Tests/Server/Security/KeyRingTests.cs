using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Security;
using Scheduler.State.Keys;
using Scheduler.State.Ports;

namespace Scheduler.Tests.Server.Security;

public sealed class KeyRingTests
{
    private const string AdminKey = "an-admin-key-from-configuration";

    [Theory]
    [InlineData(ApiKeyKind.Player, "pk_p_")]
    [InlineData(ApiKeyKind.Backend, "sk_b_")]
    [InlineData(ApiKeyKind.Reporter, "sk_r_")]
    [InlineData(ApiKeyKind.Viewer, "sk_v_")]
    [InlineData(ApiKeyKind.Operator, "sk_o_")]
    [InlineData(ApiKeyKind.Admin, "sk_a_")]
    public void A_key_says_its_kind_and_has_only_letters_and_digits_beside_its_underscores(ApiKeyKind kind, string prefix)
    {
        (ApiKey stored, string secret) = Keys.New(kind);
        Assert.Matches($"^{prefix}{stored.Id}_[0-9A-Za-z]{{32}}$", secret);
    }

    [Fact]
    public void The_bearer_of_a_key_is_found_and_has_the_rights_of_its_kind()
    {
        (ApiKey stored, string secret) = Keys.New(ApiKeyKind.Reporter, "lon1", "ams");
        Caller caller = new KeyRing([stored, Keys.New(ApiKeyKind.Admin).Stored], null).Find(secret);
        Assert.Equal((CallerStanding.Key, stored.Id, stored.Name), (caller.Standing, caller.Id, caller.Name));
        Assert.True(caller.MayReportFor("ams"));
        Assert.False(caller.MayReportFor("par1"));
        Assert.False(caller.MayPlay);
        Assert.Null(caller.Role);
    }

    [Fact]
    public void Rights_grow_with_the_kind()
    {
        Caller Of(ApiKeyKind kind) => Caller.Of(Keys.New(kind).Stored);
        Assert.Equal(
            [null, null, null, AdminRole.Viewer, AdminRole.Operator, AdminRole.Admin],
            Enum.GetValues<ApiKeyKind>().Select(kind => Of(kind).Role));
        Assert.True(Of(ApiKeyKind.Player).MayPlay);
        Assert.False(Of(ApiKeyKind.Player).MayNameClient);
        Assert.True(Of(ApiKeyKind.Backend).MayNameClient);
        Assert.False(Of(ApiKeyKind.Backend).MayReport);
        Assert.False(Of(ApiKeyKind.Viewer).MayPlay);
        Assert.True(Of(ApiKeyKind.Admin).MayReportFor("any"));
    }

    [Fact]
    public void A_revoked_key_is_unknown()
    {
        (ApiKey stored, string secret) = Keys.New(ApiKeyKind.Admin);
        KeyRing ring = new([stored with { RevokedAt = DateTimeOffset.UnixEpoch, RevokedBy = "me" }], null);
        Assert.Same(Caller.UnknownKey, ring.Find(secret));
    }

    [Fact]
    public void A_key_with_any_character_changed_is_unknown()
    {
        (ApiKey stored, string secret) = Keys.New(ApiKeyKind.Operator);
        KeyRing ring = new([stored], null);
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt, PositiveInt)>(),
            pair =>
            {
                char[] key = secret.ToCharArray();
                int at = pair.Item1.Get % key.Length;
                key[at] = (char)('!' + ((key[at] - '!' + 1 + (pair.Item2.Get % 93)) % 94));
                return ReferenceEquals(Caller.UnknownKey, ring.Find(key));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_whatever_is_a_key_or_an_exception()
    {
        KeyRing ring = new([Keys.New(ApiKeyKind.Operator).Stored], AdminKey);
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => ReferenceEquals(Caller.UnknownKey, ring.Find(text.Get))).QuickCheckThrowOnFailure();
        Assert.Same(Caller.UnknownKey, ring.Find(new string('\uffff', ApiKeyFormat.MostLength)));
        Assert.Same(Caller.UnknownKey, ring.Find(new string('x', 100_000)));
        Assert.Same(Caller.UnknownKey, ring.Find(""));
    }

    [Fact]
    public void The_configured_admin_key_is_admin_and_nothing_near_it_is()
    {
        KeyRing ring = new([], AdminKey);
        Assert.Same(Caller.ConfiguredAdmin, ring.Find(AdminKey));
        Assert.Same(Caller.UnknownKey, ring.Find(AdminKey.AsSpan(0, AdminKey.Length - 1)));
        Assert.Same(Caller.UnknownKey, new KeyRing([], null).Find(AdminKey));
    }

    [Fact]
    public void To_find_a_caller_allocates_nothing()
    {
        (ApiKey stored, string secret) = Keys.New(ApiKeyKind.Player);
        KeyRing ring = new([stored, .. Enumerable.Range(0, 50).Select(_ => Keys.New(ApiKeyKind.Reporter, "lon1").Stored)], AdminKey);
        ring.Find(secret);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++) ring.Find(secret);
        }));
    }
}
