using Scheduler.Core.Drains;
using Scheduler.State.Planning;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Names of enumerations on the wire.</summary>
internal static class WireNames
{
    private static readonly (ApiKeyKind Kind, string Name)[] KeyKinds =
    [
        (ApiKeyKind.Player, "player"),
        (ApiKeyKind.Backend, "backend"),
        (ApiKeyKind.Reporter, "reporter"),
        (ApiKeyKind.Viewer, "viewer"),
        (ApiKeyKind.Operator, "operator"),
        (ApiKeyKind.Admin, "admin"),
    ];

    /// <summary>Every name of a kind of key, for error messages.</summary>
    public static string AllKeyKinds { get; } = string.Join(", ", KeyKinds.Select(entry => entry.Name));

    /// <summary>The name of a kind of key.</summary>
    public static string Of(ApiKeyKind kind) => Array.Find(KeyKinds, entry => entry.Kind == kind).Name;

    /// <summary>The kind of key of a name; null when there is none.</summary>
    public static ApiKeyKind? KeyKind(string name)
    {
        foreach ((ApiKeyKind kind, string known) in KeyKinds)
        {
            if (known == name) return kind;
        }

        return null;
    }

    /// <summary>The name of what moved.</summary>
    public static string Of(PlanReason reason) => reason switch
    {
        PlanReason.First => "first",
        PlanReason.Network => "network",
        PlanReason.Capacity => "capacity",
        PlanReason.Demand => "demand",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The name of a guard.</summary>
    public static string Of(DrainRefusalKind guard) => guard switch
    {
        DrainRefusalKind.Infeasible => "infeasible",
        DrainRefusalKind.RegionCap => "region_cap",
        DrainRefusalKind.NoSpare => "no_spare",
        _ => throw new ArgumentOutOfRangeException(nameof(guard)),
    };

    /// <summary>The name of what a forecast rests on.</summary>
    public static string Of(ForecastSource source) => source switch
    {
        ForecastSource.Shape => "shape",
        ForecastSource.Measured => "measured",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    /// <summary>Every kind of revision with its name.</summary>
    public static IReadOnlyList<(RevisionKind Value, string Word)> RevisionKinds { get; } = [.. Enum.GetValues<RevisionKind>().Select(kind => (kind, Of(kind)))];

    /// <summary>The name of a kind of revision.</summary>
    public static string Of(RevisionKind kind) => kind switch
    {
        RevisionKind.Fleet => "fleet",
        RevisionKind.Node => "node",
        RevisionKind.Drain => "drain",
        RevisionKind.Undrain => "undrain",
        RevisionKind.Expiry => "expiry",
        RevisionKind.Rollback => "rollback",
        RevisionKind.Policy => "policy",
        RevisionKind.Zones => "zones",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
