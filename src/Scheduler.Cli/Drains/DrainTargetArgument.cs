using System.CommandLine;

namespace Scheduler.Cli.Drains;

/// <summary>The argument that names what to drain.</summary>
internal static class DrainTargetArgument
{
    /// <summary>A new <c>TARGET</c>.</summary>
    public static Argument<string> Create()
    {
        var target = new Argument<string>("TARGET") { Description = "A site (lon1), a node (node:lon1-03) or labels (rack=r7,zone=a)" };
        target.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && DrainTargetText.Parse(result.Tokens[0].Value) is null)
                result.AddError($"TARGET: '{result.Tokens[0].Value}' is no site, node:ID or key=value[,key=value].");
        });
        return target;
    }
}
