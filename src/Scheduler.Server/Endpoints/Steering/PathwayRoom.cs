using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Protocol.Steering;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>Room for the nodes of one manifest, on the stack.</summary>
[InlineArray(DispatchRequest.MaxWant)]
internal struct PathwayRoom
{
    private NodePathway _first;
}
