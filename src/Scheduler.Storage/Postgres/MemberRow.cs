using Scheduler.State.Ports;

namespace Scheduler.Storage.Postgres;

/// <summary>A row of <c>members</c>; types and order as the driver gives them.</summary>
internal sealed record MemberRow(long Number, long Start, string Name, string Address, string Zone, string Version, long SilentUs, bool HasLeft)
{
    /// <summary>The columns, in the order of the constructor. Silence is reckoned by the server, whose clock alone counts.</summary>
    public const string Columns =
        "number, start, name, address, zone, version, (extract(epoch FROM clock_timestamp() - heard_at) * 1000000)::bigint AS SilentUs, has_left AS HasLeft";

    /// <summary>The member of the row. A clock that was set back leaves no negative silence.</summary>
    public Member ToMember() =>
        new((byte)Number, Start, new MemberDraft(Name, Address, Zone, Version), TimeSpan.FromMicroseconds(Math.Max(0, SilentUs)), HasLeft);
}
