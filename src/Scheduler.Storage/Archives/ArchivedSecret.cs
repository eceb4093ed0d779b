namespace Scheduler.Storage.Archives;

/// <summary>A master secret of tokens and tickets.</summary>
/// <param name="Id">Names it inside tokens.</param>
/// <param name="Secret">Its bytes, Base64.</param>
/// <param name="CreatedAtUs">When it was made.</param>
internal sealed record ArchivedSecret(long Id, byte[] Secret, long CreatedAtUs)
{
    /// <summary>Without the bytes: a secret is never logged.</summary>
    public override string ToString() => $"ArchivedSecret {Id}";
}
