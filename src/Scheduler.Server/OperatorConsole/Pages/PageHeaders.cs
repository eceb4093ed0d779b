namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What tells browsers how to treat the console.</summary>
internal static class PageHeaders
{
    /// <summary>Scripts and styles are files of this program alone; nothing is loaded from elsewhere, nothing may frame it, and forms go nowhere else.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets the headers of a page.</summary>
    public static void Set(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        SetForAll(response);
    }

    /// <summary>Sets the headers of everything that the console serves.</summary>
    public static void SetForAll(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
