using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Primitives;
using Scheduler.Core.Geo;

namespace Scheduler.Server.Http.Proxies;

/// <summary>
/// The proxies whose word on the viewer's address is believed. The way back is walked from the peer of the connection, right to left through the header:
/// while the hop is a trusted one, what it says of the hop before is taken; the first that is not trusted is the viewer. An element without an
/// address ends the walk, for what stands left of it has no witness.
/// </summary>
internal sealed class TrustedProxies
{
    private readonly ImmutableArray<IpPrefix> _blocks;

    private TrustedProxies(ImmutableArray<IpPrefix> blocks) => _blocks = blocks;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _blocks.IsEmpty;

    /// <summary>Reads the list.</summary>
    /// <param name="texts">CIDR blocks or addresses.</param>
    /// <param name="proxies">The list.</param>
    /// <param name="fault">The first that is neither, in words.</param>
    public static bool TryParse(IEnumerable<string> texts, [NotNullWhen(true)] out TrustedProxies? proxies, [NotNullWhen(false)] out string? fault)
    {
        (proxies, fault) = (null, null);
        ImmutableArray<IpPrefix>.Builder blocks = ImmutableArray.CreateBuilder<IpPrefix>();
        foreach (string text in texts)
        {
            if (!IpPrefix.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out IpPrefix block))
            {
                fault = $"\"{text}\" is neither an address nor a block such as 10.0.0.0/8";
                return false;
            }
            if (block.Length == 0)
            {
                fault = $"\"{text}\" would believe everybody: name the proxies";
                return false;
            }
            blocks.Add(block);
        }
        proxies = new TrustedProxies(blocks.ToImmutable());
        return true;
    }

    /// <summary>True when an address is a trusted proxy's. Allocates nothing.</summary>
    public bool Contains(IpKey address)
    {
        foreach (IpPrefix block in _blocks)
            if (block.Contains(address)) return true;
        return false;
    }

    /// <summary>Walks from a trusted proxy to the viewer. Allocates nothing; time is linear in the length of the header.</summary>
    /// <param name="peer">The trusted proxy at the other end of the connection.</param>
    /// <param name="lines">The lines of the header in the order of their arrival; they are one list.</param>
    /// <param name="hasQuotes">True for <c>Forwarded</c>.</param>
    public ForwardedViewer Walk(IpKey peer, in StringValues lines, bool hasQuotes)
    {
        var viewer = new ForwardedViewer(peer, IsKnown: false);
        for (int line = lines.Count - 1; line >= 0; line--)
        {
            ReadOnlySpan<char> rest = lines[line];
            while (ForwardedField.TryTakeLast(ref rest, hasQuotes, out ReadOnlySpan<char> element))
            {
                if (!ForwardedField.TryReadAddress(element, hasQuotes, out IpKey address)) return viewer with { IsKnown = false };
                viewer = new ForwardedViewer(address, IsKnown: true);
                if (!Contains(address)) return viewer;
            }
        }
        return viewer;
    }
}
