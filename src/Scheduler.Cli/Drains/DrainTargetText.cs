using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>What to drain, as it is typed.</summary>
internal static class DrainTargetText
{
    /// <summary>What a target is called, fit for a terminal.</summary>
    public static string NameOf(DrainOrder.TargetBody target) => Format.Plain(target.Site ?? target.Node ?? target.Selector);

    /// <summary>
    /// <c>lon1</c> and <c>site:lon1</c> are a site, <c>node:lon1-03</c> a node, <c>rack=r7,zone=a</c> and <c>selector:rack=r7</c> labels.
    /// </summary>
    /// <returns>The target; null when the text is none of these.</returns>
    public static DrainOrder.TargetBody? Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int equal = text.IndexOf('=', StringComparison.Ordinal);
        bool isPrefixed = colon > 0 && (equal < 0 || colon < equal);
        string kind = isPrefixed ? text[..colon] : equal >= 0 ? "selector" : "site";
        string name = isPrefixed ? text[(colon + 1)..] : text;
        if (name.Length is 0 or > 512 || name.Any(c => c is <= ' ' or > '~')) return null;
        return kind switch
        {
            "site" => new DrainOrder.TargetBody(name, null, null),
            "node" => new DrainOrder.TargetBody(null, name, null),
            "selector" => new DrainOrder.TargetBody(null, null, name),
            _ => null,
        };
    }
}
