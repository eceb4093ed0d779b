namespace Scheduler.IntegrationTests.Deploy;

/// <summary>What the chart does not render, with the reason that it gives.</summary>
public sealed class ChartRefusalTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [ChartFact]
    public async Task Without_values_every_need_is_told_at_once()
    {
        (int code, string output, string errors) = await ChartRenderer.RenderAsync(Checkout.Chart);
        Assert.NotEqual(0, code);
        Assert.Equal("", output.Trim());
        Assert.All((string[])["image.repository", "security.adminKey.existingSecret", "store.existingSecret", "cluster.existingSecret"],
            need => Assert.Contains($"{need} is needed", errors, StringComparison.Ordinal));
    }

    [ChartFact]
    public async Task What_would_not_run_as_anybody_means_it_is_refused_with_the_reason()
    {
        (string Example, string Change, string Reason)[] refused =
        [
            ("production", "security: {adminKey: {existingSecret: \"\"}}", "security.adminKey.existingSecret is needed"),
            ("production", "store: {existingSecret: \"\"}", "store.existingSecret is needed"),
            ("production", "cluster: {existingSecret: \"\"}", "cluster.existingSecret is needed"),
            ("production", "store: {sqlite: true}", "exclude each other"),
            ("minimal", "replicaCount: 2", "store.sqlite is for one replica"),
            ("minimal", "autoscaling: {enabled: true}", "store.sqlite is for one replica"),
            ("minimal", "persistence: {enabled: false}", "store.sqlite needs persistence.enabled"),
            ("minimal", "settings: {Demo: true}", "settings.Demo is refused: demo mode plays a sample fleet"),
            ("minimal", "settings: {Demo: false}", "settings.Demo is refused: leave it out"),
            ("minimal", "settings: {Store: \"Host=db\"}", "settings.Store is refused"),
            ("minimal", "settings: {Security: {AdminKey: x}}", "settings.Security is refused"),
            ("minimal", "settings: {Cluster: {Key: x}}", "settings.Cluster is refused"),
            ("minimal", "settings: {Http: {Url: \"http://localhost\"}}", "settings.Http.Url is refused"),
            ("minimal", "settings: {Http: {Tls: {Key: x}}}", "settings.Http.Tls is refused"),
            ("minimal", "extraEnv: [{name: Scheduler__Demo, value: \"true\"}]", "extraEnv: Scheduler__Demo is refused"),
            ("minimal", "extraEnv: [{name: SCHEDULER__SECURITY__ADMINKEY, value: x}]", "extraEnv: SCHEDULER__SECURITY__ADMINKEY is refused"),
            ("minimal", "ingress: {enabled: true, hosts: [a.example]}", "needs settings.Http.TrustedProxies"),
            ("restricted", "ingress: {hosts: []}", "needs ingress.hosts"),
            ("production", "autoscaling: {minReplicas: 7}", "autoscaling.maxReplicas must not be less"),
            ("production", "cluster: {zone: a}", "cluster.zone and cluster.zoneLabel exclude each other"),
        ];
        foreach ((string example, string change, string reason) in refused)
        {
            (int code, _, string errors) = await RenderAsync(example, change);
            Assert.True(code != 0, $"{example}, {change}: rendered");
            Assert.True(errors.Contains(reason, StringComparison.Ordinal), $"{example}, {change}: {errors}");
        }
    }

    [ChartFact]
    public async Task What_is_asked_for_otherwise_is_rendered()
    {
        (string Example, string Change)[] taken =
        [
            ("production", "autoscaling: {enabled: false}"), ("production", "networkPolicy: {enabled: false}"), ("production", "podDisruptionBudget: {enabled: false}"),
            ("production", "replicaCount: 1"), ("production", "tls: {existingSecret: \"\"}"), ("production", "image: {tag: \"\"}"), ("production", "affinity: {nodeAffinity: {}}"),
            ("production", "service: {type: NodePort, externalTrafficPolicy: Cluster}"), ("minimal", "extraEnv: [{name: DOTNET_PROCESSOR_COUNT, value: \"4\"}]"), ("minimal", "settings: {Http: null}"),
        ];
        foreach ((string example, string change) in taken)
        {
            (int code, string output, string errors) = await RenderAsync(example, change);
            Assert.True(code == 0, $"{example}, {change}: {errors}");
            Assert.NotEmpty(Manifest.ReadAll(output));
        }
    }

    /// <summary>Notes are rendered by an installation only, so here they are made a manifest of a copy of the chart.</summary>
    [ChartFact]
    public async Task The_notes_tell_what_to_do_next()
    {
        string copy = _scratch.File("scheduler");
        foreach (string file in Directory.GetFiles(Checkout.Chart, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Checkout.Chart, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        string templates = Path.Combine(copy, "templates"), notes = await File.ReadAllTextAsync(Path.Combine(templates, "NOTES.txt"));
        await File.WriteAllTextAsync(Path.Combine(templates, "_notes.tpl"), $$$"""{{- define "notes" -}}{{{notes}}}{{- end -}}""");
        await File.WriteAllTextAsync(Path.Combine(templates, "notes.yaml"), """{"apiVersion": "v1", "kind": "Notes", "metadata": {"name": {{ include "notes" . | toJson }}}}""");

        string production = await NotesAsync(copy, "production"), minimal = await NotesAsync(copy, "minimal");
        Assert.Contains("port-forward pod/rel-scheduler-0 8080:8443", production, StringComparison.Ordinal);
        Assert.Contains("get secret scheduler-admin -o go-template='{{index .data \"admin-key\" | base64decode}}'", production, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", production, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8080", minimal, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_scratch.File("change.yaml"), "tls: {existingSecret: \"\"}\nservice: {externalTrafficPolicy: Cluster}\n");
        Assert.Equal(2, (await NotesAsync(copy, "production", _scratch.File("change.yaml"))).Split("WARNING").Length - 1);
    }

    private static async Task<string> NotesAsync(string chart, string example, params string[] more)
    {
        (_, string output, string errors) = await ChartRenderer.RenderAsync(chart, [Checkout.Example(example), .. more]);
        Assert.Equal("", errors);
        return new Release(example, Manifest.ReadAll(output)).Only("Notes").Name;
    }

    private async Task<(int Code, string Output, string Errors)> RenderAsync(string example, string change)
    {
        string file = _scratch.File("change.yaml");
        await File.WriteAllTextAsync(file, change);
        return await ChartRenderer.RenderAsync(Checkout.Chart, Checkout.Example(example), file);
    }
}
