using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>What a steered name is asked for.</summary>
/// <param name="Target">The name.</param>
/// <param name="Client">An address of the client, or of its resolver.</param>
/// <param name="Families">Addresses that the nodes must have.</param>
public readonly record struct SteeredQuestion(SteeredTarget Target, IpKey Client, AddressFamilies Families);
