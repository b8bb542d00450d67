using k8s;
using k8s.Models;

namespace XilinIngest.Deploy.Tests;

public sealed class The_Kubernetes_manifests
{
    public static TheoryData<string> Pods => [.. KubernetesManifests.Pods.Select(pod => pod.Name)];

    [Theory, InlineData("base"), InlineData("example"), InlineData("cluster")]
    public void Name_every_file_and_nothing_that_Kubernetes_does_not_know(string folder)
    {
        var named = KubernetesManifests.FilesOf(folder).ToList();
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(KubernetesManifests.Folder, folder), "*.yaml")
            .Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal)).Order(), named.Order());
        Assert.All(named, file => Assert.NotEmpty(KubernetesManifests.Read(file)));
    }

    [Fact]
    public void Are_read_so_strictly_that_a_misspelt_field_is_seen() => Assert.ThrowsAny<Exception>(() =>
        KubernetesYaml.Deserialize<V1Service>("{ apiVersion: v1, kind: Service, spec: { clusterIp: None } }", strict: true));

    [Theory, MemberData(nameof(Pods))]
    public void Let_no_pod_be_root_write_to_its_image_or_speak_to_Kubernetes(string name)
    {
        var spec = SpecOf(name);
        Assert.False(spec.AutomountServiceAccountToken);
        Assert.True(spec.SecurityContext.RunAsNonRoot);
        Assert.Equal(1654, spec.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", spec.SecurityContext.SeccompProfile.Type);
        Assert.All(spec.Containers, container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
        });
    }

    [Theory, MemberData(nameof(Pods))]
    public void Set_what_the_programs_read_and_no_secret(string name)
    {
        var settings = KubernetesManifests.Base.OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "xilin-settings").Data.Keys;
        var environment = ContainerOf(name).Env.ToList();
        Assert.All(settings.Concat(environment.Select(each => each.Name)), each => Assert.Contains(each, KnownSettings.Settings));
        Assert.All(environment, each =>
        {
            Assert.DoesNotContain("ConnectionStrings", each.Name, StringComparison.Ordinal);
            Assert.DoesNotMatch("(?i)password ?=|://[^/]*:[^/]*@", each.Value ?? "");
        });
        Assert.Distinct(environment.Select(each => each.Name));
    }

    [Theory, MemberData(nameof(Pods))]
    public void Run_the_images_of_the_Dockerfiles_on_their_ports(string name)
    {
        var container = ContainerOf(name);
        var image = Dockerfile.All.Single(file => file.Name == $"{container.Image["xilin-".Length..]}.Dockerfile");
        var renamed = KubernetesManifests.Kustomization("example").List("images")
            .Select(each => new YamlMap((Dictionary<object, object?>)each).Text("name"));
        Assert.Contains(container.Image, renamed);
        Assert.Equal(image.Instructions("EXPOSE"), container.Ports?.Select(port => $"{port.ContainerPort}") ?? []);
        Assert.All(new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.OfType<V1Probe>(), probe =>
        {
            Assert.StartsWith("/health/", probe.HttpGet.Path, StringComparison.Ordinal);
            Assert.Equal("localhost", Assert.Single(probe.HttpGet.HttpHeaders).Value);
        });
        Assert.Equal(container.Ports is null, container.ReadinessProbe is null);
    }

    [Theory, MemberData(nameof(Pods))]
    public void Mount_only_what_there_is_and_every_secret_with_its_settings(string name)
    {
        var spec = SpecOf(name);
        var secrets = KubernetesManifests.Secrets;
        Assert.Equal(spec.Volumes.Select(volume => volume.Name).Order(),
            spec.Containers.Single().VolumeMounts.Select(mount => mount.Name).Order());
        Assert.All(spec.Volumes.Where(volume => volume.Secret is not null), volume => Assert.Contains(volume.Secret.SecretName, secrets));
        var claims = KubernetesManifests.Base.OfType<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name);
        Assert.All(spec.Volumes.Select(volume => volume.PersistentVolumeClaim).OfType<V1PersistentVolumeClaimVolumeSource>(),
            claim => Assert.Contains(claim.ClaimName, claims));
    }

    [Theory, MemberData(nameof(Pods))]
    public void Reach_each_other_under_names_that_are_answered(string name)
    {
        foreach (var address in ContainerOf(name).Env.Where(each => each.Name.StartsWith("Services__", StringComparison.Ordinal))
            .SelectMany(each => each.Value.Split(';')).Select(each => new Uri(each)))
        {
            // A pod of a set by its own name, or any of them by the service's.
            var service = KubernetesManifests.Base.OfType<V1Service>().Single(each => each.Metadata.Name == address.Host.Split('.')[^1]);
            Assert.Equal(address.Port, service.Spec.Ports.Single().Port);
            Assert.Equal(address.Host.Contains('.', StringComparison.Ordinal), service.Spec.ClusterIP == "None");
            var target = ContainerOf(service.Spec.Selector["app.kubernetes.io/name"]);
            Assert.Contains(address.Host, target.Env.Single(each => each.Name == "AllowedHosts").Value.Split(';'));
        }
    }

    [Fact]
    public void Keep_one_of_several_pods_running_while_a_machine_is_emptied()
    {
        var budgets = KubernetesManifests.Base.OfType<V1PodDisruptionBudget>().Select(budget => budget.Metadata.Name);
        Assert.Equal(KubernetesManifests.Pods.Where(pod => pod.Replicas > 1).Select(pod => pod.Name).Order(), budgets.Order());
    }

    [Fact]
    public void Take_their_secrets_from_what_the_script_makes() => Assert.Equal(
        ComposeFile.Base.Services.Values.Where(service => service.IsBuiltHere).SelectMany(service => service.Secrets)
            .Select(secret => ComposeFile.Base.SecretFiles[secret.Source]).Append("access/access-keys.json").Distinct().Order(),
        KubernetesManifests.Secrets.Values.SelectMany(files => files)
            .Select(file => file["secrets/".Length..]).Distinct().Order());

    private static V1PodSpec SpecOf(string name) => KubernetesManifests.Pods.Single(pod => pod.Name == name).Pod.Spec;

    private static V1Container ContainerOf(string name) => SpecOf(name).Containers.Single();
}
