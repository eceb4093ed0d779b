using Scheduler.Protocol.V1.Upstreams;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary>What nodes that report are told of pulls.</summary>
/// <param name="Parents">From where to pull what they asked for, and what now comes from elsewhere.</param>
/// <param name="WarmUps">What they should pull ahead.</param>
internal sealed record UpstreamNews(List<UpstreamEntry> Parents, List<WarmUpEntry> WarmUps);
