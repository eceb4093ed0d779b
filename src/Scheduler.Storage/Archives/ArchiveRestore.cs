using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;
using Scheduler.Storage.Sqlite;

namespace Scheduler.Storage.Archives;

/// <summary>Writes the lines of an archive into a store, within a transaction of the caller.</summary>
/// <param name="connection">The store.</param>
internal sealed class ArchiveRestore(SqliteConnection connection)
{
    /// <summary>What was written so far.</summary>
    public ArchiveSummary Summary { get; private set; } = new(0, 0, 0, 0, 0);

    /// <summary>Writes what a line holds.</summary>
    /// <exception cref="StoreException">It holds nothing that is known, or what cannot be.</exception>
    public void Add(ArchiveLine line)
    {
        switch (line)
        {
            case { Document: { } document }:
                Add(document);
                break;
            case { Revision: { } revision }:
                Add(revision);
                Summary = Summary with { Revisions = Summary.Revisions + 1 };
                break;
            case { Number: { } number }:
                connection.Execute("INSERT INTO numbers (kind, name, number) VALUES (@Kind, @Name, @Number)", number);
                Summary = Summary with { Numbers = Summary.Numbers + 1 };
                break;
            case { Key: { } key }:
                SqliteKeyStore.Restore(connection, key);
                Summary = Summary with { Keys = Summary.Keys + 1 };
                break;
            case { Audit: { } audit }:
                SqliteAuditLog.Restore(connection, audit);
                Summary = Summary with { AuditRecords = Summary.AuditRecords + 1 };
                break;
            case { Secret: { } secret }:
                connection.Execute("INSERT INTO master_secrets (id, secret, created_at_us) VALUES (@Id, @Secret, @CreatedAtUs)", secret);
                Summary = Summary with { Secrets = Summary.Secrets + 1 };
                break;
            default:
                throw Faulty("a line holds nothing that is known");
        }
    }

    private void Add(ArchivedDocument archived)
    {
        Document document = Document.Of(Encoding.UTF8.GetBytes(archived.Content));
        if (document.Hash != archived.Hash) throw Faulty($"the document {archived.Hash} does not have that hash");
        connection.Execute("INSERT INTO documents (hash, content) VALUES (@Hash, @content)", new { document.Hash, content = document.Content.ToArray() });
    }

    private void Add(ArchivedRevision revision)
    {
        if (revision.Row.Number != Summary.Revisions + 1)
            throw Faulty(string.Create(CultureInfo.InvariantCulture, $"revision {revision.Row.Number} follows revision {Summary.Revisions}"));
        connection.Execute(
            """
            INSERT INTO revisions (number, at_us, author, reason, kind, request_key, request_hash)
            VALUES (@Number, @AtUs, @Author, @Reason, @Kind, @RequestKey, @RequestHash)
            """,
            revision.Row);
        foreach ((string name, string hash) in revision.Documents)
        {
            connection.Execute(
                "INSERT INTO revision_documents (revision, name, hash) VALUES (@Number, @name, @hash)", new { revision.Row.Number, name, hash });
        }
    }

    private static StoreException Faulty(string reason) => new($"The archive cannot be used: {reason}. Nothing was restored.");
}
