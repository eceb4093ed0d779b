using System.Text.Json;

namespace Scheduler.Cli.Admin;

/// <summary>One difference.</summary>
internal sealed record ChangeRow(string? Path, string? Change, JsonElement? Before, JsonElement? After);
