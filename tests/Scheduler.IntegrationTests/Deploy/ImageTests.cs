using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>The Dockerfile names what there is. Whether the image is built is seen by who builds it.</summary>
public sealed partial class ImageTests
{
    [CheckoutFact]
    public void Everything_that_is_copied_from_the_tree_is_there_and_is_not_kept_out()
    {
        string[] copied = [.. CopyLine().Matches(Dockerfile()).SelectMany(line => line.Groups["from"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.NotEmpty(copied);
        string[] kept = [.. File.ReadAllLines(Checkout.PathOf(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])];
        Assert.All(copied, path =>
        {
            string folder = Path.GetDirectoryName(Checkout.PathOf(path.TrimEnd('/')))!;
            Assert.NotEmpty(Directory.GetFileSystemEntries(folder, Path.GetFileName(path.TrimEnd('/'))));
            Assert.Contains(path.Split('/')[0], kept);
        });
        Assert.All(kept, path => Assert.True(Path.Exists(Checkout.PathOf(path)), path));
    }

    [CheckoutFact]
    public void The_projects_that_are_published_exist_and_begin_what_is_run()
    {
        string file = Dockerfile();
        string[] projects = [.. ProjectPath().Matches(file).Select(match => match.Value).Distinct()];
        Assert.Equal(["src/Scheduler.Cli/Scheduler.Cli.csproj", "src/Scheduler.Server/Scheduler.Server.csproj"], projects.Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.True(File.Exists(Checkout.PathOf(project)), project));
        // Whatever those refer to lies in src, which is copied whole.
        Assert.All(projects, project => Assert.All(
            XDocument.Load(Checkout.PathOf(project)).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value),
            reference => Assert.StartsWith(Checkout.PathOf("src"), Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Checkout.PathOf(project))!, reference)), StringComparison.Ordinal)));
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/Scheduler.Server.dll\"]", file, StringComparison.Ordinal);
    }

    [ChartFact]
    public async Task The_image_and_the_chart_agree_on_user_ports_and_the_place_of_the_state()
    {
        string file = Dockerfile();
        Release minimal = await Release.OfAsync("minimal"), cluster = await Release.OfAsync("restricted");
        string user = minimal.Pod["securityContext"]!["runAsUser"]!.ToJsonString();
        Assert.Contains($"USER {user}:{user}\n", file, StringComparison.Ordinal);
        Assert.Contains($"--chown={user}:{user} /out/state/ {minimal.Settings["Scheduler__Cluster__StateDirectory"]}/\n", file, StringComparison.Ordinal);
        Assert.Contains($"WORKDIR {minimal.Settings["Scheduler__Cluster__StateDirectory"]}\n", file, StringComparison.Ordinal);
        Assert.Contains($"EXPOSE {minimal.Ports["http"]} {cluster.Ports["peers"]}\n", file, StringComparison.Ordinal);
        Assert.Contains($"Scheduler__Http__Url={minimal.Settings["Scheduler__Http__Url"]}\n", file, StringComparison.Ordinal);
    }

    private static string Dockerfile() => File.ReadAllText(Checkout.PathOf("deploy/Dockerfile"));

    /// <summary>A COPY out of the tree, not out of another stage.</summary>
    [GeneratedRegex(@"^COPY (?!--from)(?<from>.+) \S+$", RegexOptions.Multiline)]
    private static partial Regex CopyLine();

    [GeneratedRegex(@"src/[\w./]+\.csproj")]
    private static partial Regex ProjectPath();
}
