using XilinIngest.Samples;

// Writes every file of the two years again. Run it from the root of the repository, or pass the root as an argument.
var root = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
if (!Directory.Exists(Path.Combine(root, "catalogue")))
{
    Console.Error.WriteLine($"No catalogue/ in '{root}': run this from the repository's root, or give the root as the argument.");
    return 1;
}

foreach (var (name, text) in SampleYears.Files(CatalogueRows.Read(Path.Combine(root, "catalogue"))))
{
    var path = Path.Combine(root, "samples", name);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
    Console.WriteLine($"{name}: {text.Count(c => c == '\n')} submissions");
}

return 0;
