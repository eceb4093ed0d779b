using System.Text;
using Scheduler.Protocol.Documents;

namespace Scheduler.Simulator.Files;

/// <summary>Reads comma-separated values (RFC 4180): quoted fields, doubled quotes, line breaks in quotes; lines end in LF or CRLF.</summary>
internal static class CsvText
{
    /// <summary>The rows of a text, empty lines left out.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="problems">Takes quotes that do not close, and what follows a closing quote. Reading ends at the first.</param>
    public static List<CsvField[]> Rows(string text, DocumentProblems problems)
    {
        var rows = new List<CsvField[]>();
        var row = new List<CsvField>();
        int line = 1, lineStart = 0, at = 0;
        while (at < text.Length)
        {
            var position = new DocumentPosition(line, at - lineStart + 1);
            string field;
            if (text[at] == '"')
            {
                if (!TryQuoted(text, ref at, ref line, ref lineStart, out field))
                {
                    problems.Add(position, "", "a quote begins here and does not end");
                    return rows;
                }
                if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                {
                    problems.Add(new DocumentPosition(line, at - lineStart + 1), "", "a comma or the end of the line must follow a closing quote");
                    return rows;
                }
            }
            else
            {
                int length = text.AsSpan(at).IndexOfAny(',', '\r', '\n');
                int end = length < 0 ? text.Length : at + length;
                field = text[at..end].Trim();
                at = end;
            }
            row.Add(new CsvField(field, position));
            if (at < text.Length && text[at] == ',')
            {
                // A comma at the very end is followed by an empty field.
                if (++at == text.Length || text[at] is '\r' or '\n') row.Add(new CsvField("", new DocumentPosition(line, at - lineStart + 1)));
                else continue;
            }
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            (line, lineStart) = (line + 1, at);
            if (row.Count > 1 || row[0].Text.Length > 0) rows.Add([.. row]);
            row.Clear();
        }
        return rows;
    }

    private static bool TryQuoted(string text, ref int at, ref int line, ref int lineStart, out string field)
    {
        var unquoted = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"'))
            {
                at++;
                field = unquoted.ToString();
                return true;
            }
            if (text[at] == '"') at++;
            if (text[at] == '\n') (line, lineStart) = (line + 1, at + 1);
            unquoted.Append(text[at]);
        }
        field = "";
        return false;
    }
}
