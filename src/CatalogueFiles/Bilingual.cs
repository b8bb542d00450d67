namespace XilinIngest.CatalogueFiles;

/// <summary>A sentence for people, in Chinese and in English, without its closing full stop.</summary>
public readonly record struct Bilingual(string Zh, string En);
