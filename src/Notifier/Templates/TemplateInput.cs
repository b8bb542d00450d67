using Fluid.Values;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Notifier.Templates;

/// <summary>What a template may write (docs/notices.md).</summary>
/// <param name="English">The language.</param>
internal abstract record TemplateInput(bool English)
{
    /// <summary>The variables by their names. A text that is absent is empty.</summary>
    public abstract IEnumerable<(string Name, FluidValue Value)> ToValues();
}

/// <summary>Named fields of a list's item. A name that there is not is a fault, and not an empty text.</summary>
internal sealed class TemplateFields(Bilingual owner, Dictionary<string, FluidValue> fields) : IFluidIndexable
{
    public int Count => fields.Count;

    public IEnumerable<string> Keys => fields.Keys;

    public bool TryGetValue(string name, out FluidValue value)
    {
        value = fields.GetValueOrDefault(name) ?? throw new TemplateException(
            Line: null, new($"{owner.Zh}没有字段 {name}", $"{owner.En} has no field {name}"),
            new($"可用的字段：{string.Join("、", Keys)}", $"the fields are {string.Join(", ", Keys)}"), name);
        return true;
    }
}
