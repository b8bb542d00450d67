using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace XilinIngest.Architecture.Tests;

/// <summary>What a project's assembly says of itself: which assemblies and types its code names.</summary>
internal sealed class CompiledProject : IDisposable
{
    private const byte NewObject = 0x73;

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private CompiledProject(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    public static CompiledProject Open(SourceProject project) => new(project.Assembly.Location);

    public void Dispose() => _file.Dispose();

    /// <summary>The assemblies of which it uses a type.</summary>
    public IReadOnlyList<string> Assemblies => [.. _metadata.AssemblyReferences
        .Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))];

    /// <summary>The types of other assemblies that it names, in code, signatures or attributes.</summary>
    public IReadOnlyList<string> Types => [.. _metadata.TypeReferences.Select(NameOf)];

    /// <summary>The members of other assemblies' types that it calls or reads, as type::member.</summary>
    public IReadOnlyList<string> Members => [.. _metadata.MemberReferences.Select(_metadata.GetMemberReference)
        .Where(member => member.Parent.Kind == HandleKind.TypeReference)
        .Select(member => $"{NameOf((TypeReferenceHandle)member.Parent)}::{_metadata.GetString(member.Name)}")];

    /// <summary>The types that make an object of a type, with the types within them.</summary>
    /// <param name="type">The full name; of this or of another assembly.</param>
    public IReadOnlySet<string> MakersOf(string type)
    {
        var constructors = ConstructorsOf(type).Select(handle => BitConverter.GetBytes(MetadataTokens.GetToken(handle))).ToList();
        return _metadata.TypeDefinitions.Where(handle => _metadata.GetTypeDefinition(handle).GetMethods().Any(Makes))
            .Select(OutermostNameOf).ToHashSet();

        bool Makes(MethodDefinitionHandle handle) => _metadata.GetMethodDefinition(handle) is { RelativeVirtualAddress: > 0 } method
            && _file.GetMethodBody(method.RelativeVirtualAddress).GetILContent() is var code
            && constructors.Exists(token => Contains(code, [NewObject, .. token]));
    }

    private static bool Contains(ImmutableArray<byte> code, byte[] instruction) => code.AsSpan().IndexOf(instruction) >= 0;

    private IEnumerable<EntityHandle> ConstructorsOf(string type) =>
    [
        .. _metadata.MemberReferences.Where(handle => _metadata.GetMemberReference(handle) is var member
            && _metadata.GetString(member.Name) == ".ctor" && member.Parent.Kind == HandleKind.TypeReference
            && NameOf((TypeReferenceHandle)member.Parent) == type).Select(handle => (EntityHandle)handle),
        .. _metadata.MethodDefinitions.Where(handle => _metadata.GetMethodDefinition(handle) is var method
            && _metadata.GetString(method.Name) == ".ctor" && OutermostNameOf(method.GetDeclaringType()) == type)
            .Select(handle => (EntityHandle)handle),
    ];

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}+{_metadata.GetString(type.Name)}"
            : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    // What the compiler makes of a lambda or an async method is a type within the one that was written.
    private string OutermostNameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? OutermostNameOf(outer) : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }
}
