using k8s;
using k8s.Models;

namespace XilinIngest.Deploy.Tests;

/// <summary>deploy/kubernetes, read strictly: a field that Kubernetes does not know is an error.</summary>
internal static class KubernetesManifests
{
    internal static readonly string Folder = Path.Combine(ComposeFile.Folder, "kubernetes");

    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["batch/v1/Job"] = typeof(V1Job),
        ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    internal static readonly IReadOnlyList<object> Base = [.. FilesOf("base").SelectMany(Read)];

    /// <summary>The pods that the base runs, by the name of what runs them.</summary>
    internal static IEnumerable<(string Name, V1PodTemplateSpec Pod, int Replicas)> Pods =>
    [
        .. Base.OfType<V1Deployment>().Select(each => (each.Metadata.Name, each.Spec.Template, each.Spec.Replicas ?? 1)),
        .. Base.OfType<V1StatefulSet>().Select(each => (each.Metadata.Name, each.Spec.Template, each.Spec.Replicas ?? 1)),
        .. Base.OfType<V1Job>().Select(each => (each.Metadata.Name, each.Spec.Template, 1)),
    ];

    /// <summary>What a kustomization says.</summary>
    internal static YamlMap Kustomization(string folder) => new(new YamlDotNet.Serialization.DeserializerBuilder().Build()
        .Deserialize<Dictionary<object, object?>>(File.ReadAllText(Path.Combine(Folder, folder, "kustomization.yaml"))));

    /// <summary>The files that it names, without other folders.</summary>
    internal static IEnumerable<string> FilesOf(string folder) => Kustomization(folder).List("resources").Cast<string>()
        .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).Select(name => Path.Combine(Folder, folder, name));

    internal static List<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), Kinds, strict: true);

    /// <summary>A secret generator's secrets, with the names of the files in them.</summary>
    internal static IReadOnlyDictionary<string, string[]> Secrets => Kustomization("example").List("secretGenerator")
        .Select(each => new YamlMap((Dictionary<object, object?>)each))
        .ToDictionary(each => each.Text("name")!, each => each.List("files").Cast<string>().ToArray());
}
