using System.Runtime.InteropServices;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Server.Peers.Topics;

/// <summary>What this replica assigns to nodes, so that its peers need not guess.</summary>
internal sealed class IncrementsTopic(ControlLoop control) : IPeerTopic
{
    /// <inheritdoc/>
    public IPeerTelling Begin(ReplicaStart peer) => new Telling(control);

    private sealed class Telling(ControlLoop control) : IPeerTelling
    {
        private readonly List<NumberedAmount> _news = [];
        private NumberedAmount[] _told = [];
        private bool _isFirst = true;

        public void Append(FrameWriter output)
        {
            Gather();
            if (_news.Count == 0 && !_isFirst) return;
            Span<NumberedAmount> news = CollectionsMarshal.AsSpan(_news);
            do
            {
                Span<NumberedAmount> part = news[..Math.Min(news.Length, IncrementsFrame.MostNodes)];
                IncrementsFrame.Write(new PayloadWriter(output.Payload), _isFirst, part);
                output.Append(FrameType.Increments);
                news = news[part.Length..];
            }
            while (!news.IsEmpty);
            _isFirst = false;
        }

        public void Dispose()
        {
        }

        private void Gather()
        {
            _news.Clear();
            ReadOnlySpan<NodeStatus?> nodes = control.NodesByIndex;
            if (_told.Length < nodes.Length) Array.Resize(ref _told, nodes.Length);
            for (int index = 0; index < nodes.Length; index++)
            {
                if (nodes[index] is not { } node) continue;
                var now = new NumberedAmount(node.Node.Number, Math.Max(0, control.AssignedKbps(node)));
                if (now == _told[index]) continue;
                _told[index] = now;
                if (now.Kbps > 0) _news.Add(now);
            }
        }
    }
}
