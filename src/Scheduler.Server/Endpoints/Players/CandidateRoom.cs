using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>Room for the candidates of one answer, on the stack.</summary>
[InlineArray(DispatchRequest.MaxWant)]
internal struct CandidateRoom
{
    private CandidateAnswer _first;
}
