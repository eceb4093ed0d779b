namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>What the sign-in page tells those on this machine.</summary>
/// <param name="keyFile">Where a first start puts the admin key.</param>
internal sealed class SignInHint(string keyFile)
{
    /// <summary>Where the first admin key lies; null when it has been taken away, as it should be.</summary>
    public string? KeyFile => File.Exists(keyFile) ? keyFile : null;
}
