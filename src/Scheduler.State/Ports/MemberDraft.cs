namespace Scheduler.State.Ports;

/// <summary>What a replica says of itself when it joins.</summary>
/// <param name="Name">Stable over its starts, such as the name of its pod; its number is bound to it.</param>
/// <param name="Address">URL under which its peers reach it.</param>
/// <param name="Zone">Where it runs; empty when it was not told.</param>
/// <param name="Version">Version of the program.</param>
public sealed record MemberDraft(string Name, string Address, string Zone, string Version);
