using System.CommandLine;
using System.Globalization;
using System.Text;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Usage;

/// <summary><c>scheduler report</c>: what was served, and what it cost.</summary>
internal static class ReportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<DateTimeOffset?> from = TimeOption.Optional("--from", "From this moment on [default: the first of the month]", host.Time);
        Option<DateTimeOffset?> to = TimeOption.Optional("--to", "Before this moment [default: now]", host.Time);
        var by = new Option<string?>("--by") { Description = "What a row is about: site, region or tenant [default: site]", HelpName = "WHAT" };
        by.AcceptOnlyFromAmong("site", "region", "tenant");
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values" };
        var html = new Option<string?>("--html") { Description = "Write a page that stands alone", HelpName = "FILE" };
        var command = new Command("report", "Shows what was served, by site, region or tenant: bits, peak, 95th percentile against the commit, cost, sessions, round trips, refusals")
        {
            from, to, by, csv, html,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(html) is not null) result.AddError("--csv and --html: give one of them.");
        });
        command.Runs(host, globals, async (context, cancellation) =>
        {
            QueryText query = new QueryText(context).Add(from).Add(to).Add(by);
            string? file = context.Parse.GetValue(html);
            bool isCsv = context.Parse.GetValue(csv);
            if (file is not null || isCsv) query.Add("format", isCsv ? "csv" : "html");
            Result<ApiAnswer> answer = await context.Api.GetAsync(query.On("v1/admin/usage"), cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (isCsv) host.Out.Write(Encoding.UTF8.GetString(answer.Value.Body));
            else if (file is not null) return Save(host, file, answer.Value.Body);
            else if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else return Show(context, answer.Value);
            return ExitCode.Done;
        });
        return command;
    }

    private static int Show(CommandContext context, ApiAnswer answer)
    {
        Result<UsageReportRow> report = answer.Read(AdminJson.Default.UsageReportRow);
        if (!report.IsOk) return context.Fail(report.Problem);
        string span = string.Create(CultureInfo.InvariantCulture, $"{report.Value.From:yyyy-MM-dd HH:mm} to {report.Value.To:yyyy-MM-dd HH:mm} UTC");
        context.Console.WriteLine(span);
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns(Format.Plain(report.Value.By), "bits", "peak", "95th", "commit", "cost", "sessions", "rtt ms", "refused");
        foreach (UsageRow row in (report.Value.Rows ?? []).Append(report.Value.Total).OfType<UsageRow>())
        {
            table.AddRow(
                new Text(row.Name is "" ? "no tenant" : Format.Plain(row.Name)), new Text(Number(row.Bits, "0.###E+0")), new Text(Format.BitRate(row.PeakBps)), new Text(Format.BitRate(row.P95Bps)),
                new Text(Format.BitRate(row.CommitBps)), new Text(Number(row.Cost, "0.00")), new Text(Format.Count(row.Sessions)), new Text(Number(row.RttMs, "0.0")), new Text(Format.Count(row.Refusals)));
        }
        context.Console.Write(table);
        return ExitCode.Done;
    }

    private static int Save(CliHost host, string path, byte[] page)
    {
        try
        {
            File.WriteAllBytes(Path.GetFullPath(path, host.Directory), page);
            host.Out.WriteLine($"Report: {Format.Plain(path)}");
            return ExitCode.Done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"--html: {Format.Plain(path)} cannot be written: {fault.Message}");
            return ExitCode.Failed;
        }
    }

    private static string Number(double? value, string form) => value is { } number ? number.ToString(form, CultureInfo.InvariantCulture) : Format.Absent;
}
