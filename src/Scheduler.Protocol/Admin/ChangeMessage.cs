using System.Text.Json;

namespace Scheduler.Protocol.Admin;

/// <summary>One difference that a revision makes.</summary>
/// <param name="Path">Where, such as <c>fleet.sites[lon1].nodes[lon1-03].host</c>, <c>overrides[lon1-03].weight</c> or <c>drains[d-12]</c>.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Before">The value before; absent where there was none.</param>
/// <param name="After">The value after; absent where there is none.</param>
public sealed record ChangeMessage(string Path, string Change, JsonElement? Before = null, JsonElement? After = null);
