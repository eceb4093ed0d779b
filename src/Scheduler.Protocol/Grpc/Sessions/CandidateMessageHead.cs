using System.Text;
using Scheduler.Protocol.Grpc.Protobuf;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>What a <c>Candidate</c> says of its node, ready to be copied.</summary>
internal sealed class CandidateMessageHead
{
    private readonly byte[] _fields;

    /// <summary>Prepares a node.</summary>
    public CandidateMessageHead(string node, string site, string idc, string host)
    {
        byte[] room = new byte[(4 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(node.Length + site.Length + idc.Length + host.Length)];
        var output = new ProtobufOutput(room);
        output.Text(1, node);
        output.Text(2, site);
        output.Text(3, idc);
        output.Text(4, host);
        _fields = room[..output.Written];
    }

    /// <summary>The fields <c>node, site, idc, host</c>.</summary>
    public ReadOnlySpan<byte> Fields => _fields;
}
