using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

public sealed class TokenKeyRingTests
{
    [Fact]
    public void Derived_keys_rest() => Assert.Equal("7486b6894a542f2fc19038a09200fe80", Secret(Keys.One().SiteKey(7)));

    [Fact]
    public void Every_site_and_every_master_key_has_its_own_secret()
    {
        string[] secrets =
        [
            .. Enumerable.Range(0, 500).Select(site => Secret(Keys.One().SiteKey(site))),
            .. Enumerable.Range(0, 500).Select(site => Secret(Keys.Rotated().SiteKey(site))),
        ];
        Assert.Equal(secrets.Length, secrets.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(int.MaxValue)]
    public void Any_site_number_has_a_key_and_keeps_it(int site)
    {
        TokenKeyRing keys = Keys.One();
        Assert.Equal(Secret(keys.SiteKey(site)), Secret(keys.SiteKey(site)));
        Assert.Equal(site, keys.SiteKey(site).SiteNumber);
        if (site < 65_536) Assert.Same(keys.SiteKey(site), keys.SiteKey(site));
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_same_keys()
    {
        TokenKeyRing keys = Keys.One();
        string[] expected = [.. Enumerable.Range(0, 2000).Select(site => Secret(Keys.One().SiteKey(site)))];
        Parallel.For(0, 8, start =>
        {
            for (int i = 0; i < expected.Length; i++)
            {
                int site = (i + (start * 251)) % expected.Length;
                Assert.Equal(expected[site], Secret(keys.SiteKey(site)));
            }
        });
    }

    [Fact]
    public void A_ring_without_its_current_key_or_with_a_number_twice_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => new TokenKeyRing([], 1));
        Assert.Throws<ArgumentException>(() => new TokenKeyRing([Keys.Master(1, 0)], 2));
        Assert.Throws<ArgumentException>(() => new TokenKeyRing([Keys.Master(1, 0), Keys.Master(1, 9)], 1));
        Assert.Throws<ArgumentException>(() => new MasterKey(1, new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.One().SiteKey(-1));
    }

    private static string Secret(TicketKey key)
    {
        byte[] secret = new byte[TicketKey.SecretLength];
        key.CopySecretTo(secret);
        return Convert.ToHexStringLower(secret);
    }
}
