namespace Scheduler.Client.Edges;

/// <summary>What a machine carries.</summary>
/// <param name="EgressBps">What leaves through its interface, bit/s; null when not known.</param>
/// <param name="IngressBps">What comes in, bit/s; null when not known.</param>
/// <param name="Cpu">Share of its processors in use, in [0, 1]; null when not known.</param>
/// <param name="Memory">Share of its memory in use, in [0, 1]; null when not known.</param>
public readonly record struct HostMeasurement(long? EgressBps, long? IngressBps, double? Cpu, double? Memory);
