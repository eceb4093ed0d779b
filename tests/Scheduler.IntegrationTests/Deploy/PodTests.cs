using System.Text.Json.Nodes;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>The pod: what it may do, what it is given, and how it is looked at and ended.</summary>
public sealed class PodTests
{
    [ChartFact]
    public async Task The_pod_may_do_nothing_that_it_need_not()
    {
        foreach (Release release in await Release.AllAsync())
        {
            JsonObject pod = release.Pod, rights = pod["securityContext"]!.AsObject(), own = release.Container["securityContext"]!.AsObject();
            Assert.True(rights["runAsNonRoot"]!.GetValue<bool>());
            Assert.Equal("RuntimeDefault", Manifest.Text(rights["seccompProfile"]!["type"]));
            Assert.False(own["allowPrivilegeEscalation"]!.GetValue<bool>());
            Assert.True(own["readOnlyRootFilesystem"]!.GetValue<bool>());
            Assert.Equal("""["ALL"]""", own["capabilities"]!["drop"]!.ToJsonString());
            Assert.False(own["capabilities"]!.AsObject().ContainsKey("add"));
            Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
            Assert.False(pod["enableServiceLinks"]!.GetValue<bool>());
            Assert.All((string[])["hostNetwork", "hostPID", "hostIPC"], name => Assert.False(pod.ContainsKey(name)));
            // What the profile "restricted" of Kubernetes lets a pod mount.
            Assert.All(pod["volumes"]!.AsArray(), volume =>
                Assert.Contains(volume!.AsObject().Single(member => member.Key != "name").Key, (string[])["configMap", "emptyDir", "secret", "persistentVolumeClaim"]));
        }
    }

    [ChartFact]
    public async Task The_pod_writes_to_its_state_and_to_temporary_files_only()
    {
        foreach (Release release in await Release.AllAsync())
        {
            JsonObject[] mounts = [.. release.Container["volumeMounts"]!.AsArray().Select(mount => mount!.AsObject())];
            Assert.Equal(["/tmp", "/var/lib/scheduler"], mounts.Where(mount => mount["readOnly"]?.GetValue<bool>() != true).Select(mount => Manifest.Text(mount["mountPath"])).Order());
            IEnumerable<string> volumes = release.Pod["volumes"]!.AsArray()
                .Concat(release.StatefulSet.Spec["volumeClaimTemplates"]?.AsArray().Select(claim => claim!["metadata"]) ?? [])
                .Select(volume => Manifest.Text(volume!["name"]));
            Assert.Equal(volumes.Order(), mounts.Select(mount => Manifest.Text(mount["name"])).Order());
            Assert.Equal(release.Example != "restricted", release.StatefulSet.Spec.ContainsKey("volumeClaimTemplates"));
            Assert.Equal("/var/lib/scheduler", release.Settings["Scheduler__Cluster__StateDirectory"]);
        }
    }

    [ChartFact]
    public async Task The_pod_is_looked_at_and_given_room()
    {
        foreach (Release release in await Release.AllAsync())
        {
            JsonObject startup = Probe(release, "startupProbe", "/healthz/live"), liveness = Probe(release, "livenessProbe", "/healthz/live"), readiness = Probe(release, "readinessProbe", "/healthz/ready");
            Assert.True(Patience(startup) >= 60);
            Assert.True(Patience(readiness) < Patience(liveness)); // players go before the process does
            JsonObject requests = release.Container["resources"]!["requests"]!.AsObject(), limits = release.Container["resources"]!["limits"]!.AsObject();
            Assert.True(requests.ContainsKey("cpu") && requests.ContainsKey("memory") && limits.ContainsKey("memory"));
            Assert.False(limits.ContainsKey("cpu"));
        }
    }

    [ChartFact]
    public async Task The_pod_is_given_the_time_that_it_needs_to_leave()
    {
        foreach (Release release in await Release.AllAsync())
        {
            int leave = int.Parse(release.Settings["Scheduler__Cluster__LeaveS"], System.Globalization.CultureInfo.InvariantCulture);
            // Requests in flight have 30 s by the framework; report writers, audit log and store 5 s each.
            Assert.True(release.Pod["terminationGracePeriodSeconds"]!.GetValue<int>() > leave + 30 + (3 * 5));
            Assert.False(release.Container.ContainsKey("lifecycle"));
            // Endpoints must have forgotten the replica before it stops listening.
            Assert.True(Patience(release.Container["readinessProbe"]!.AsObject()) < leave);
        }
    }

    [ChartFact]
    public async Task Other_settings_are_another_pod()
    {
        using var scratch = new ScratchDirectory();
        string file = scratch.File("more.yaml");
        await File.WriteAllTextAsync(file, "settings: {Sessions: {HeartbeatS: 31}}\n");
        (_, string changed, _) = await ChartRenderer.RenderAsync(Checkout.Chart, Checkout.Example("minimal"), file);
        Assert.NotEqual(Checksum(await Release.OfAsync("minimal")), Checksum(new Release("changed", Manifest.ReadAll(changed))));
        Assert.Equal(Checksum(await Release.OfAsync("minimal")), Checksum(await Release.OfAsync("minimal")));
    }

    private static JsonObject Probe(Release release, string name, string path)
    {
        JsonObject probe = release.Container[name]!.AsObject();
        Assert.Equal(path, Manifest.Text(probe["httpGet"]!["path"]));
        Assert.Equal(Manifest.Text(probe["httpGet"]!["port"]).ToUpperInvariant(), Manifest.Text(probe["httpGet"]!["scheme"]));
        return probe;
    }

    /// <summary>Seconds without an answer until something is done about it.</summary>
    private static int Patience(JsonObject probe) => probe["periodSeconds"]!.GetValue<int>() * probe["failureThreshold"]!.GetValue<int>();

    private static string Checksum(Release release) => Manifest.Text(release.Template["metadata"]!["annotations"]!["checksum/settings"]);
}
