namespace Scheduler.Core.Geo;

/// <summary>Walks the networks of a file in the order of their addresses. Blocks without a record are left out. For one thread.</summary>
public sealed class MmdbNetworkCursor
{
    /// <summary>First address of ::ffff:0:0/96, the IPv4-mapped block.</summary>
    private static readonly UInt128 Mapped = IpKey.FromV4(0).Value;

    private readonly MmdbReader _reader;
    private readonly Stack<Branch> _branches = new(130);
    private long _stepsLeft;

    internal MmdbNetworkCursor(MmdbReader reader)
    {
        _reader = reader;
        // A tree visits each node once, and some again where its writer shared equal branches. Beyond this it is a loop, or meant as one.
        _stepsLeft = (16L * reader.Metadata.NodeCount) + 256;
        _branches.Push(new Branch(0, 0, 0));
    }

    /// <summary>Why the walk stopped early; null when it has not.</summary>
    public MmdbProblem? Problem { get; private set; }

    /// <summary>Moves to the next network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>False at the end, and when there is a <see cref="Problem"/>.</returns>
    public bool TryNext(out MmdbNetwork network)
    {
        network = default;
        MmdbMetadata metadata = _reader.Metadata;
        int bits = metadata.IpVersion == 4 ? 32 : 128;
        while (Problem is null && _branches.TryPop(out Branch branch))
        {
            if (branch.Record == metadata.NodeCount) continue;
            // A mapped address is the IPv4 address that it maps, and that is looked up under ::/96: what stands here is never asked for.
            if (bits == 128 && branch.Depth == 96 && branch.Bits == Mapped) continue;
            if (branch.Record > metadata.NodeCount)
            {
                if (!_reader.TryOffset(branch.Record, out int offset))
                {
                    Fail(MmdbFault.BadRecord, "a record of the search tree points outside the data section");
                    break;
                }
                network = new MmdbNetwork(Prefix(branch, bits), offset);
                return true;
            }
            // Other blocks of IPv6 that carry IPv4 (2002::/16 and so on) are second names of ::/96: told once, as IPv4. The same node on the
            // way to ::/96 or inside it is no second name but a loop, and left to the limits below: passed over, the walk would end as a whole one.
            if (_reader.IsV4Root(branch.Record) && branch.Bits >> 32 != 0) continue;
            if (branch.Depth == bits || --_stepsLeft < 0)
            {
                Fail(MmdbFault.TreeNotFinite, "the search tree has a loop");
                break;
            }
            UInt128 rightBit = UInt128.One << (bits - 1 - branch.Depth);
            _branches.Push(new Branch(_reader.Child(branch.Record, right: true), branch.Bits | rightBit, branch.Depth + 1));
            _branches.Push(new Branch(_reader.Child(branch.Record, right: false), branch.Bits, branch.Depth + 1));
        }
        return false;
    }

    private static IpPrefix Prefix(Branch branch, int bits)
    {
        if (bits == 32) return IpPrefix.Around(IpKey.FromV4((uint)branch.Bits), branch.Depth);
        bool v4 = branch.Depth >= 96 && branch.Bits >> 32 == 0;
        return v4
            ? IpPrefix.Around(IpKey.FromV4((uint)branch.Bits), branch.Depth - 96)
            : IpPrefix.Around(new IpKey(branch.Bits), branch.Depth);
    }

    private void Fail(MmdbFault fault, string reason) => Problem = new MmdbProblem(fault, 0, reason);

    private readonly record struct Branch(uint Record, UInt128 Bits, int Depth);
}
