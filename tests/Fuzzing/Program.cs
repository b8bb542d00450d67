using SharpFuzz;
using XilinIngest.Fuzzing;

// Called by fuzz.sh, and by the fuzzer with each input: READER CATALOGUE MAP [FILE]. With a file it reads that one, which shows a finding
// again.
if (args.Length is < 3 or > 4)
{
    Console.Error.WriteLine("Usage: see ./fuzz.sh --help");
    return 2;
}

// The fuzzer's trace begins with the first input: code that it watches cannot run before.
var readers = new Lazy<FuzzedReaders>(() => new FuzzedReaders(args[1], args[2]));
if (args.Length == 4)
{
    Find(args[0])(File.ReadAllBytes(args[3]));
    Console.WriteLine($"{args[3]} was read.");
    return 0;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var bytes = new MemoryStream();
    stream.CopyTo(bytes);
    Find(args[0])(bytes.ToArray());
});
return 0;

Action<byte[]> Find(string name) => readers.Value.Find(name)
    ?? throw new ArgumentException($"There is no reader {name}: {string.Join(", ", readers.Value.Names)}.");
