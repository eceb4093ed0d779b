using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Admin;

namespace Scheduler.Client.Edges;

/// <summary>
/// What the nodes of one site are given so that they can verify tickets alone: the site's keys, and the numbers of its nodes. Secret. It is what
/// <c>GET /v1/admin/sites/ID/ticket-keys</c> answers and <c>scheduler keys site ID --json</c> prints.
/// </summary>
public sealed class SiteKeys
{
    private readonly ImmutableArray<TicketKey> _keys;
    private readonly IReadOnlyDictionary<string, int> _nodes;

    private SiteKeys(string site, ImmutableArray<TicketKey> keys, IReadOnlyDictionary<string, int> nodes) => (Site, _keys, _nodes) = (site, keys, nodes);

    /// <summary>Id of the site.</summary>
    public string Site { get; }

    /// <summary>Its keys: the one that signs now, and those under which tickets that still hold were made.</summary>
    internal ReadOnlySpan<TicketKey> Keys => _keys.AsSpan();

    /// <summary>Reads what the scheduler answered.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="keys">The keys, when true is given.</param>
    /// <param name="problem">What is wrong with it, when false is.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SiteKeys? keys, [NotNullWhen(false)] out string? problem)
    {
        (keys, problem) = (null, null);
        try
        {
            if (JsonSerializer.Deserialize(utf8, AdminJson.Wire.TicketKeyListMessage) is not { Site: not null } message || message.Keys.IsDefaultOrEmpty)
            {
                problem = "names no site or no key";
                return false;
            }
            ImmutableArray<TicketKey> read = [.. message.Keys.Select(key => new TicketKey(message.Number, checked((byte)key.Id), Convert.FromBase64String(key.Key)))];
            keys = new SiteKeys(message.Site, read, message.Nodes ?? ImmutableDictionary<string, int>.Empty);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException or OverflowException)
        {
            problem = fault.Message;
            return false;
        }
    }

    /// <summary>Permanent number of a node of the site; null when the site has no such node.</summary>
    public int? NumberOf(string node) => _nodes.TryGetValue(node, out int number) ? number : null;
}
