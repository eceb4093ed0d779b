using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Revisions as entity tags: the strong tag <c>"17"</c> stands for revision 17.</summary>
internal static class EntityTags
{
    /// <summary>The tag of a revision.</summary>
    public static EntityTagHeaderValue Of(long revision) => new($"\"{revision.ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>Reads If-Match by RFC 9110: a weak tag never matches, and <c>*</c> matches any revision.</summary>
    public static IfMatch ReadIfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return new IfMatch(IfMatchForm.Absent, []);
        if (!EntityTagHeaderValue.TryParseStrictList(header, out IList<EntityTagHeaderValue>? tags)) return new IfMatch(IfMatchForm.Malformed, []);
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))) return new IfMatch(IfMatchForm.Any, []);

        var revisions = new List<long>();
        foreach (EntityTagHeaderValue tag in tags)
        {
            if (!tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long revision))
                revisions.Add(revision);
        }

        return new IfMatch(IfMatchForm.Revisions, [.. revisions]);
    }
}
