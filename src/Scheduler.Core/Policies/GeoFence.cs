using System.Collections.Immutable;

namespace Scheduler.Core.Policies;

/// <summary>
/// A law or contract about who may be served from where. All fences hold at once: a site serves a viewer when none forbids it. They bind publishers as they
/// bind viewers.
/// </summary>
/// <param name="Id">Unique in the policy; <c>[a-z0-9-]</c>, 1 to 32 characters.</param>
/// <param name="Countries">Viewers of these countries; empty when <paramref name="ExceptCountries"/> says whose.</param>
/// <param name="ExceptCountries">Viewers of all countries but these, and those of whom no country is known; empty when <paramref name="Countries"/> says whose.</param>
/// <param name="Rule">Whether the sites are the only ones, or are barred.</param>
/// <param name="Sites">The sites.</param>
/// <param name="Reason">Why, in words that a refused viewer may read.</param>
public sealed record GeoFence(
    string Id, ImmutableArray<string> Countries, ImmutableArray<string> ExceptCountries, FenceRule Rule, SiteSelector Sites, string Reason)
{
    /// <summary>True when it is about viewers of a country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; empty for an unknown one.</param>
    public bool Binds(string country) => Countries.IsEmpty ? !ExceptCountries.Contains(country) : Countries.Contains(country);
}
