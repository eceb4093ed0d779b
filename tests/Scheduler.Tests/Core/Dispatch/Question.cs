using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Dispatch;

/// <summary>One request to the dispatcher, as something that can be kept.</summary>
internal sealed record Question(
    int Row, ulong Stream, uint Viewer, long Kbps, NodeRoles Role, StreamProtocols Protocols, int[] Exclude, int? Stay, int Want);
