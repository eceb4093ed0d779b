using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Persistence;
using Scheduler.State.Drains;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Topics;

/// <summary>The drains that stand in no revision yet: each once to whoever is connected to, and again when something about it is new.</summary>
internal sealed class LocalDrainsTopic(LocalDrainBook book) : IPeerTopic
{
    /// <inheritdoc/>
    public IPeerTelling Begin(ReplicaStart peer) => new Telling(book);

    private sealed class Telling(LocalDrainBook book) : IPeerTelling
    {
        private LocalDrainSet _told = LocalDrainSet.Empty;

        public void Append(FrameWriter output)
        {
            LocalDrainSet drains = book.Drains;
            if (ReferenceEquals(drains, _told)) return;
            // What was settled here the store tells. A frame each: any number of them fits.
            foreach (LocalDrain drain in drains.All)
                if (_told.Find(drain.Drain.Id) != drain) output.Append(FrameType.LocalDrains, LocalDrainCodec.Write([drain]));
            _told = drains;
        }

        public void Dispose()
        {
        }
    }
}
