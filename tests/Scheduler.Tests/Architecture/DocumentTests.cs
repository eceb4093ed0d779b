using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;

namespace Scheduler.Tests.Architecture;

/// <summary>Documents cannot outlive what they describe: types, options, metrics and paths that they name exist, and the lists are whole.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Words in code style that look like types and are none of ours.</summary>
    private static readonly HashSet<string> Foreign =
    [
        "ETag", "Allow", "Forwarded", "Via", "RateLimit", // headers
        "MaxMind.Db", "MaxMind.GeoIP2", "Grpc.Core.Api", "Grpc.AspNetCore", "Grpc.Net.Client", "Google.Protobuf", "ErrorInfo", "BadRequest", "RetryInfo", "Microsoft.Orleans.Core", "Microsoft.Orleans.Runtime", "Npgsql", "Dapper", // packages
        "InternalsVisibleTo", "PackageReference", "PackageVersion", // the build's own language
    ];

    [CheckoutFact]
    public void Every_type_that_a_document_names_exists()
    {
        ILookup<string, Type> types = Product.Types
            .Concat(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)).SelectMany(assembly => assembly.GetExportedTypes()))
            .Concat(typeof(DocumentTests).Assembly.GetTypes())
            .ToLookup(type => type.Name.Split('`')[0]);
        string[] missing = [.. Checkout.Documents().SelectMany(document => CodeWords(document.Text)
            .Where(word => TypeWord().IsMatch(word) && !Foreign.Contains(word) && !Product.Assemblies.ContainsKey(word))
            .Where(word => !Exists(types, word))
            .Select(word => $"{document.Path}: {word}"))
            .Distinct()];
        Findings.None(missing);
    }

    [CheckoutFact]
    public void Every_option_that_a_document_names_exists_and_the_readme_names_every_option()
    {
        HashSet<string> options = [.. Keys(SchedulerOptions.Section, typeof(SchedulerOptions)), .. Keys(SecurityOptions.Section, typeof(SecurityOptions))];
        string[] unknown = [.. Checkout.Documents().SelectMany(document => OptionWord().Matches(document.Text)
            .Select(match => match.Value.TrimEnd(':'))
            .Where(key => !options.Contains(key) && !options.Any(option => option.StartsWith(key + ":", StringComparison.Ordinal)))
            .Select(key => $"{document.Path}: {key}"))
            .Distinct()];
        Findings.None(unknown);

        string readme = File.ReadAllText(Path.Combine(Checkout.Root!, "README.md"));
        Assert.All(options, option => Assert.Contains($"`{option}`", readme, StringComparison.Ordinal));
    }

    [CheckoutFact]
    public void The_operations_page_tells_of_every_metric_and_of_no_other()
    {
        string source = string.Concat(Directory.GetFiles(Path.Combine(Checkout.Root!, "src/Scheduler.Server"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Where(text => text.Contains("IMetricSink", StringComparison.Ordinal) || text.Contains("CallMeter", StringComparison.Ordinal)));
        string page = File.ReadAllText(Path.Combine(Checkout.Root!, "docs/operations.md"));
        IEnumerable<string> written = MetricWord().Matches(source).Select(match => match.Value).Distinct().Order();
        IEnumerable<string> told = MetricWord().Matches(page).Select(match => match.Value).Distinct().Order();
        Assert.Equal(written, told);
    }

    [CheckoutFact]
    public void The_operations_page_tells_of_every_event_and_of_no_other()
    {
        IEnumerable<int> logged = Directory.GetFiles(Path.Combine(Checkout.Root!, "src/Scheduler.Server"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => EventId().Matches(File.ReadAllText(file))).Select(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture)).Order();
        string page = File.ReadAllText(Path.Combine(Checkout.Root!, "docs/operations.md")).Split("## Events")[1].Split("\n## ")[0];
        IEnumerable<int> told = EventRow().Matches(page).Select(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture)).Order();
        Assert.Equal(logged, told);
    }

    [CheckoutFact]
    public void Every_link_and_path_in_a_document_leads_somewhere()
    {
        string[] broken = [.. Checkout.Documents().SelectMany(document =>
        {
            string folder = Path.GetDirectoryName(Path.Combine(Checkout.Root!, document.Path))!;
            IEnumerable<string> links = Link().Matches(document.Text).Select(match => match.Groups["to"].Value)
                .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#'))
                .Select(to => Path.Combine(folder, to.Split('#')[0]));
            IEnumerable<string> paths = CodeWords(document.Text).Where(word => PathWord().IsMatch(word)).Select(word => Path.Combine(Checkout.Root!, word));
            return links.Concat(paths).Where(path => !Path.Exists(path)).Select(path => $"{document.Path}: {Path.GetRelativePath(Checkout.Root!, path)}");
        }).Distinct()];
        Findings.None(broken);
    }

    [CheckoutFact]
    public void The_api_page_tells_of_every_problem_type_with_its_status_and_of_no_other()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root!, "docs/api.md"));
        IEnumerable<string> told = ProblemRow().Matches(page).Select(match => $"{match.Groups["uri"].Value} {match.Groups["status"].Value}").Order();
        IEnumerable<string> answered = Enum.GetValues<ProblemKind>().Select(ProblemType.Of).Select(type => $"{type.Uri} {type.Status}").Order();
        Assert.Equal(answered, told);
    }

    /// <summary>What stands between single backticks, outside of blocks.</summary>
    private static IEnumerable<string> CodeWords(string text) => CodeWord().Matches(Block().Replace(text, "")).Select(match => match.Groups["word"].Value);

    private static bool Exists(ILookup<string, Type> types, string word)
    {
        string[] parts = word.Split('<')[0].Split('.');
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return types[parts[0]].Any(type => parts.Length == 1 || type.GetMember(parts[1], All).Length > 0)
            || types[parts[^1]].Any(type => $"{type.Namespace}.{type.Name}".EndsWith(word, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys(string section, Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.PropertyType.Namespace == type.Namespace
            ? Keys($"{section}:{property.Name}", property.PropertyType)
            : [$"{section}:{property.Name}"]);

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<word>[^`\n]+)`")]
    private static partial Regex CodeWord();

    /// <summary>A name in Pascal case, or one of its members.</summary>
    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(<\w+>)?(\.[A-Z]\w*)*$")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"Scheduler(:[A-Z]\w*)+")]
    private static partial Regex OptionWord();

    [GeneratedRegex(@"scheduler_[a-z_]+")]
    private static partial Regex MetricWord();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+),")]
    private static partial Regex EventId();

    [GeneratedRegex(@"^\| (?<id>\d{3,4}) \| ", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"^\| `(?<uri>/problems/[a-z-]+)` \| (?<status>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ProblemRow();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(src|tests|docs|geo-data|deploy|\.ci)/[\w./-]*$")]
    private static partial Regex PathWord();
}
