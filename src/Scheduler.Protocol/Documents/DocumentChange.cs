using System.Text.Json;

namespace Scheduler.Protocol.Documents;

/// <summary>One difference between two JSON documents.</summary>
/// <param name="Path">Where: members with dots, entries of a list by what names them, such as <c>fleet.sites[lon1].nodes[lon1-03].host</c>.</param>
/// <param name="Before">The value before; null where there was none.</param>
/// <param name="After">The value after; null where there is none.</param>
public sealed record DocumentChange(string Path, JsonElement? Before, JsonElement? After);
