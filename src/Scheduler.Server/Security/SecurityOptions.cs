using Scheduler.State.Keys;

namespace Scheduler.Server.Security;

/// <summary>Section <c>Scheduler:Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Scheduler:Security";

    /// <summary>Shortest configured admin key that is taken.</summary>
    public const int LeastAdminKeyLength = 20;

    /// <summary>A key that is admin without being in the store, for deployments that bring their own secret.</summary>
    /// <value>20 to 128 visible ASCII characters; default none.</value>
    public string? AdminKey { get; set; }

    /// <summary>Master secrets of tokens and tickets, when the deployment brings its own instead of the one in the store.</summary>
    /// <value>Each <c>ID:BASE64</c> with an id from 1 to 255 and 32 bytes; the first one signs, all verify. Default none.</value>
    public IList<string> TokenKeys { get; } = [];

    /// <summary>What is wrong with the section; empty when nothing is. Secrets are not repeated.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (AdminKey is { } key && (key.Length is < LeastAdminKeyLength or > ApiKeyFormat.MostLength || key.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            problems.Add($"{Section}:AdminKey must have {LeastAdminKeyLength} to {ApiKeyFormat.MostLength} visible ASCII characters");
        }

        for (int i = 0; i < TokenKeys.Count; i++)
        {
            if (!MasterSecrets.TryParse(TokenKeys[i], DateTimeOffset.UnixEpoch, out _))
            {
                problems.Add($"{Section}:TokenKeys:{i} must be ID:BASE64 with an id from 1 to 255 and 32 bytes");
            }
        }

        return problems;
    }
}
