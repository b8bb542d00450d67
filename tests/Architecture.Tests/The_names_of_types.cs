using System.Runtime.CompilerServices;

namespace XilinIngest.Architecture.Tests;

public sealed class The_names_of_types
{
    // Every program has a class Program, and every folder of pages its _Imports.
    private static readonly IReadOnlyList<Type> All = [.. SourceTree.Projects.SelectMany(project => project.Assembly.GetTypes())
        .Where(type => type is { IsNested: false, Namespace: not null }
            && type.Namespace.StartsWith("XilinIngest", StringComparison.Ordinal))
        .Where(type => type.Name is not ("Program" or "_Imports") && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))];

    [Fact]
    public void Are_unique() => Assert.Empty(All.GroupBy(type => type.Name).Where(group => group.Count() > 1)
        .Select(group => string.Join(" and ", group.Select(type => type.FullName))));

    [Fact]
    public void Differ_from_the_names_of_namespaces()
    {
        var namespaces = All.SelectMany(type => type.Namespace!.Split('.')).ToHashSet();
        Assert.Empty(All.Where(type => namespaces.Contains(type.Name)).Select(type => type.FullName));
    }
}
