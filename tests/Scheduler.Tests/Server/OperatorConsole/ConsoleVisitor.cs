using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>A browser without eyes: keeps cookies, follows nothing, and posts the forms of pages that it has seen.</summary>
internal sealed partial class ConsoleVisitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _address;

    public ConsoleVisitor(Uri address)
    {
        _address = address;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    /// <summary>The cookies that it would send, as one header.</summary>
    public string Cookie => _cookies.GetCookieHeader(_address);

    public void Dispose() => _http.Dispose();

    public Task<ConsoleAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts fields as they are.</summary>
    public Task<ConsoleAnswer> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)) });

    /// <summary>Sends the form of a page, with its hidden fields and what was typed in.</summary>
    public async Task<ConsoleAnswer> SubmitAsync(string page, string action, params (string Name, string Value)[] typed)
    {
        ConsoleAnswer seen = await GetAsync(page);
        return await PostAsync(action, [.. HiddenOf(seen.Text, action).Where(hidden => typed.All(t => t.Name != hidden.Name)), .. typed]);
    }

    /// <summary>The hidden fields of one form of a page.</summary>
    public static (string Name, string Value)[] HiddenOf(string html, string action)
    {
        Match form = Form().Matches(html).First(form => form.Groups["action"].Value == action);
        return [.. Hidden().Matches(form.Groups["fields"].Value).Select(field => (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))];
    }

    public async Task<ConsoleAnswer> SignInAsync(string key, string to = "/") => await SubmitAsync($"/console/sign-in?to={Uri.EscapeDataString(to)}", "/console/sign-in", ("key", key));

    public async Task<ConsoleAnswer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request);
        return new ConsoleAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType);
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\"[^>]*>(?<fields>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
