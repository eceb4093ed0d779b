using Scheduler.State.Drains;
using Scheduler.State.Ports;

namespace Scheduler.Server.Persistence;

/// <summary>What is known of a local drain, in the journal and between peers. Add members, never change one.</summary>
internal sealed record StoredLocalDrain(StoredDrain Drain, string Taker)
{
    /// <summary>The repeatable request that asked for it; null for none.</summary>
    public string? RequestKey { get; init; }

    /// <summary>Hash of that request's body.</summary>
    public string? RequestHash { get; init; }

    /// <summary>What its revision must tell beside the reason; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When it was cancelled; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who cancelled it.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Why.</summary>
    public string? EndReason { get; init; }

    /// <summary>The stored form of a local drain.</summary>
    public static StoredLocalDrain Of(LocalDrain local) => new(StoredDrain.Of(local.Drain), local.Taker)
    {
        RequestKey = local.Request?.Key,
        RequestHash = local.Request?.BodyHash,
        Note = local.Note,
        EndedAt = local.End?.At,
        EndedBy = local.End?.By,
        EndReason = local.End?.Reason,
    };

    /// <summary>The local drain.</summary>
    public LocalDrain ToLocalDrain() => new(Drain.ToDrain(), Taker)
    {
        Request = RequestKey is null ? null : new RequestMark(RequestKey, RequestHash ?? ""),
        Note = Note,
        End = EndedAt is { } at ? new LocalDrainEnd(at, EndedBy ?? "", EndReason ?? "") : null,
    };
}
