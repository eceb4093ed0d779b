namespace Scheduler.Cli.Admin;

/// <summary>What <c>scheduler keys recover --json</c> prints.</summary>
/// <param name="Id">Id of the new key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">The whole key, this once.</param>
/// <param name="Revoked">Ids of the admin keys that were revoked for it.</param>
internal sealed record RecoveredKeyRow(string Id, string Name, string Key, IReadOnlyList<string> Revoked);
