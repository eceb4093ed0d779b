using System.Collections.Frozen;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>Who calls, and what it may do. One object per key, made with the <see cref="KeyRing"/>: to authenticate allocates nothing.</summary>
public sealed class Caller
{
    private readonly ApiKeyKind? _kind;
    private readonly FrozenSet<string> _sites;

    private Caller(CallerStanding standing, string id, string name, ApiKeyKind? kind, IEnumerable<string> sites, string? tenant = null)
    {
        Standing = standing;
        Id = id;
        Name = name;
        Tenant = tenant;
        _kind = kind;
        _sites = sites.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>A caller without a key.</summary>
    public static Caller NoKey { get; } = new(CallerStanding.NoKey, "", "", null, []);

    /// <summary>A caller with a key that no one has, or that was revoked.</summary>
    public static Caller UnknownKey { get; } = new(CallerStanding.UnknownKey, "", "", null, []);

    /// <summary>A caller on loopback in demo mode: it may do everything.</summary>
    public static Caller Demo { get; } = new(CallerStanding.Demo, "demo", "demo", ApiKeyKind.Admin, []);

    /// <summary>The bearer of the admin key of the configuration.</summary>
    public static Caller ConfiguredAdmin { get; } = new(CallerStanding.Key, "configured", "configured admin", ApiKeyKind.Admin, []);

    /// <summary>How it was told from others.</summary>
    public CallerStanding Standing { get; }

    /// <summary>Id of its key; empty when it has none.</summary>
    public string Id { get; }

    /// <summary>Name of its key: the author of what it changes. Empty when it has none.</summary>
    public string Name { get; }

    /// <summary>The tenant whose streams it asks for; null for none.</summary>
    public string? Tenant { get; }

    /// <summary>True when it is known: it showed a key that holds, or needs none.</summary>
    public bool IsKnown => _kind is not null;

    /// <summary>True when it may ask where to play, and beat, fail over and close.</summary>
    public bool MayPlay => _kind is ApiKeyKind.Player or ApiKeyKind.Backend or ApiKeyKind.Operator or ApiKeyKind.Admin;

    /// <summary>True when it may name the viewer's address instead of being located itself.</summary>
    public bool MayNameClient => _kind is ApiKeyKind.Backend or ApiKeyKind.Operator or ApiKeyKind.Admin;

    /// <summary>True when it may report at all.</summary>
    public bool MayReport => _kind is ApiKeyKind.Reporter or ApiKeyKind.Admin;

    /// <summary>Its role on the admin API; null when it has none.</summary>
    public AdminRole? Role => _kind switch
    {
        ApiKeyKind.Viewer => AdminRole.Viewer,
        ApiKeyKind.Operator => AdminRole.Operator,
        ApiKeyKind.Admin => AdminRole.Admin,
        _ => null,
    };

    /// <summary>True when it may report for the nodes of a site: its own sites for a reporter, any for an admin.</summary>
    /// <param name="site">Id of the site.</param>
    public bool MayReportFor(string site) => _kind == ApiKeyKind.Admin || (_kind == ApiKeyKind.Reporter && _sites.Contains(site));

    /// <summary>The bearer of a stored key.</summary>
    internal static Caller Of(ApiKey key) => new(CallerStanding.Key, key.Id, key.Name, key.Kind, key.Sites, key.Tenant);

    /// <summary>True when its key may travel in an address, where logs and histories see it.</summary>
    internal bool IsPublishable => _kind == ApiKeyKind.Player;
}
