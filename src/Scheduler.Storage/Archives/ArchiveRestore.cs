using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Scheduler.State.Ports;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Archives;

/// <summary>Writes the lines of an archive into a store, within a transaction of the caller.</summary>
/// <param name="connection">The store.</param>
internal sealed class ArchiveRestore(DbConnection connection)
{
    /// <summary>Small rows that are written together.</summary>
    private const int Together = 1_000;

    private readonly List<(long Kind, string Name, long Number)> _numbers = [];
    private readonly List<AuditRow> _audit = [];

    /// <summary>What was taken so far.</summary>
    public ArchiveSummary Summary { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Takes what a line holds.</summary>
    /// <exception cref="StoreException">It holds nothing that is known, or what cannot be.</exception>
    public async Task AddAsync(ArchiveLine line)
    {
        switch (line)
        {
            case { Document: { } document }:
                await AddAsync(document);
                break;
            case { Revision: { } revision }:
                await AddAsync(revision);
                Summary = Summary with { Revisions = Summary.Revisions + 1 };
                break;
            case { Number: { } number }:
                _numbers.Add((number.Kind, number.Name, number.Number));
                Summary = Summary with { Numbers = Summary.Numbers + 1 };
                break;
            case { Key: { } key }:
                await SqlKeyStore.RestoreAsync(connection, key);
                Summary = Summary with { Keys = Summary.Keys + 1 };
                break;
            case { Audit: { } audit }:
                _audit.Add(audit);
                Summary = Summary with { AuditRecords = Summary.AuditRecords + 1 };
                break;
            case { MeterSlot: { } slot }:
                MeterContent.Read(slot.Content);
                await SqlMeterStore.RestoreAsync(connection, slot.StartUs, slot.Content);
                Summary = Summary with { MeterSlots = Summary.MeterSlots + 1 };
                break;
            case { UsageHour: { } hour }:
                UsageContent.Read(hour.Content);
                await SqlUsageStore.WriteAsync(connection, hour.StartUs, hour.Writer, hour.Content);
                Summary = Summary with { UsageHours = Summary.UsageHours + 1 };
                break;
            case { Secret: { } secret }:
                await connection.ExecuteAsync("INSERT INTO master_secrets (id, secret, created_at_us) VALUES (@Id, @Secret, @CreatedAtUs)", secret);
                Summary = Summary with { Secrets = Summary.Secrets + 1 };
                break;
            default:
                throw Faulty("a line holds nothing that is known");
        }
        if (_numbers.Count + _audit.Count >= Together) await FlushAsync();
    }

    /// <summary>Writes what was taken and waits to be written.</summary>
    public async Task FlushAsync()
    {
        await SqlNumberStore.RestoreAsync(connection, _numbers);
        await SqlAuditLog.RestoreAsync(connection, _audit);
        _numbers.Clear();
        _audit.Clear();
    }

    private async Task AddAsync(ArchivedDocument archived)
    {
        Document document = Document.Of(Encoding.UTF8.GetBytes(archived.Content));
        if (document.Hash != archived.Hash) throw Faulty($"the document {archived.Hash} does not have that hash");
        await SqlRevisionStore.RestoreAsync(connection, document);
    }

    private Task AddAsync(ArchivedRevision revision) => revision.Row.Number == Summary.Revisions + 1
        ? SqlRevisionStore.RestoreAsync(connection, revision.Row, revision.Documents)
        : throw Faulty(string.Create(CultureInfo.InvariantCulture, $"revision {revision.Row.Number} follows revision {Summary.Revisions}"));

    private static StoreException Faulty(string reason) => new($"The archive cannot be used: {reason}. Nothing was restored.");
}
