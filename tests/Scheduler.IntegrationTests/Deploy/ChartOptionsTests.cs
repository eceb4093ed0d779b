using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http;
using Scheduler.Server.Security;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>What the chart puts into the environment, read as the server reads it.</summary>
public sealed class ChartOptionsTests
{
    /// <summary>What the Secrets of an installation hold, by the option that each is read as.</summary>
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["Scheduler:Security:AdminKey"] = new('a', 64),
        ["Scheduler:Security:TokenKeys:0"] = "2:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ["Scheduler:Security:TokenKeys:1"] = "1:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ["Scheduler:Store"] = "Host=db;Database=scheduler",
        ["Scheduler:Cluster:Key"] = new('c', 64),
    };

    [ChartFact]
    public async Task Every_variable_is_an_option_of_the_server_with_a_value_that_it_takes()
    {
        foreach (Release release in await Release.AllAsync())
        {
            IConfiguration configuration = Environment(release);
            var options = new SchedulerOptions();
            configuration.GetSection(SchedulerOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            var security = new SecurityOptions();
            ConfigurationOf(release, "Scheduler:Security").GetSection(SecurityOptions.Section).Bind(security, binder => binder.ErrorOnUnknownConfiguration = true);
            Assert.Empty(security.Problems().Concat(options.Http.Problems()).Concat(options.Cluster.Problems()));
            Assert.All((object[])[options, options.Http, options.Sessions, options.Policy, options.Connections, options.Cluster], section =>
            {
                var found = new List<ValidationResult>();
                Validator.TryValidateObject(section, new ValidationContext(section), found, validateAllProperties: true);
                Assert.Empty(found);
            });

            Assert.False(options.Demo);
            Assert.True(ListenUrl.TryParseAll(options.Http.Url, out IReadOnlyList<ListenUrl> urls));
            Assert.Equal(release.Ports[urls.Single().IsTls ? "https" : "http"], urls.Single().Port);
            Assert.False(urls.Single().IsLoopback);
            Assert.NotNull(security.AdminKey);
        }
    }

    [ChartFact]
    public async Task What_an_example_sets_arrives_at_the_server()
    {
        SchedulerOptions minimal = await OptionsAsync("minimal"), production = await OptionsAsync("production"), restricted = await OptionsAsync("restricted");
        Assert.Equal("sqlite:/var/lib/scheduler/scheduler.db", minimal.Store);
        Assert.Null(minimal.Cluster.Key);
        Assert.Equal(Secrets["Scheduler:Store"], production.Store);
        Assert.Equal((8_388_608, 200_000), (production.Sessions.Capacity, production.Connections.Most)); // and not 8.388608e+06
        Assert.Equal((6, "http://[::]:8082"), (production.Cluster.Replicas, production.Cluster.PeerUrl));
        Assert.Equal((2, 20, "fra-a"), (restricted.Cluster.Replicas, restricted.Cluster.LeaveS, restricted.Cluster.Zone));
        Assert.Equal(["10.244.0.0/16"], restricted.Http.TrustedProxies);
        Assert.Equal(0.02, restricted.Policy.SpillRatio);
        Assert.Equal(("/etc/scheduler/tls/tls.crt", "/etc/scheduler/tls/tls.key", "/etc/scheduler/tls/ca.crt"),
            (restricted.Http.Tls.Certificate, restricted.Http.Tls.Key, restricted.Http.Tls.ReporterAuthorities));
    }

    [ChartFact]
    public async Task Secrets_come_from_secrets_and_the_chart_makes_none()
    {
        foreach (Release release in await Release.AllAsync())
        {
            Assert.Empty(release.Of("Secret"));
            foreach (string name in Secrets.Keys.Select(Variable))
            {
                Assert.Null(release.Variable(name));
                Assert.False(release.Settings.TryGetValue(name, out string? text) && !text.StartsWith("sqlite:", StringComparison.Ordinal), name);
            }
        }
        Assert.Equal(
            ["Scheduler__Cluster__Key", "Scheduler__Security__AdminKey", "Scheduler__Security__TokenKeys__0", "Scheduler__Security__TokenKeys__1", "Scheduler__Store"],
            FromSecrets(await Release.OfAsync("restricted")).Order(StringComparer.Ordinal));
    }

    private static async Task<SchedulerOptions> OptionsAsync(string example) => Environment(await Release.OfAsync(example)).GetSection(SchedulerOptions.Section).Get<SchedulerOptions>()!;

    private static IConfiguration Environment(Release release) => ConfigurationOf(release, "Scheduler", except: "Scheduler:Security");

    /// <summary>What the container's environment says below a section.</summary>
    private static IConfiguration ConfigurationOf(Release release, string section, string? except = null) =>
        new ConfigurationBuilder().AddInMemoryCollection(release.Settings
            .Concat(release.Variables.Where(IsOurs).Select(variable => KeyValuePair.Create(Manifest.Text(variable["name"]), Value(variable))))
            .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))
            .Where(pair => pair.Key.StartsWith(section + ":", StringComparison.Ordinal) && (except is null || !pair.Key.StartsWith(except + ":", StringComparison.Ordinal)))).Build();

    private static bool IsOurs(JsonObject variable) => Manifest.Text(variable["name"]).StartsWith("Scheduler__", StringComparison.Ordinal);

    private static string Value(JsonObject variable) =>
        variable["value"] is { } text ? Manifest.Text(text).Replace("$(POD_NAME)", "scheduler-0", StringComparison.Ordinal)
        : variable["valueFrom"]!["secretKeyRef"] is not null ? Secrets[Manifest.Text(variable["name"]).Replace("__", ":", StringComparison.Ordinal)]
        : ""; // a label that the pod does not have

    private static IEnumerable<string> FromSecrets(Release release) =>
        release.Variables.Where(variable => variable["valueFrom"]?["secretKeyRef"] is not null).Select(variable => Manifest.Text(variable["name"]));

    private static string Variable(string option) => option.Replace(":", "__", StringComparison.Ordinal);
}
