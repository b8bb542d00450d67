using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace XilinIngest.SignedNotes;

/// <summary>A line of a policy that cannot be used.</summary>
/// <param name="Line">Its number from 1; 0: the whole file.</param>
/// <param name="Zh">Why, and what to do, in Chinese.</param>
/// <param name="En">The same in English.</param>
public sealed record PolicyFault(int Line, string Zh, string En);

/// <summary>Reads policies (c2sp.org/tlog-policy), in UTF-8.</summary>
public sealed class TrustPolicyReader
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most logs.</summary>
    public const int MaxLogs = 1000;

    /// <summary>The most witnesses, and the most groups.</summary>
    public const int MaxMembers = 100;

    private const int MaxFaults = 20;
    private const string None = "none";
    private readonly List<PolicyFault> _faults = [];
    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly Dictionary<string, PolicyMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grouped = new(StringComparer.Ordinal);
    private PolicyMember? _quorum;
    private int _quorumLine;
    private int _groups;
    private int _line;

    private TrustPolicyReader()
    {
    }

    /// <summary>Reads a policy.</summary>
    /// <returns>The policy, or what is wrong with its lines: not both.</returns>
    public static (TrustPolicy? Policy, IReadOnlyList<PolicyFault> Faults) Read(ReadOnlySpan<byte> file)
    {
        var reader = new TrustPolicyReader();
        if (file.Length > MaxBytes || !Utf8.IsValid(file))
        {
            reader.Add($"应为 UTF-8 文本，不超过 {MaxBytes / 1024} KB。", $"It has to be text in UTF-8 of at most {MaxBytes / 1024} KB.");
        }
        else
        {
            reader.ReadLines(Encoding.UTF8.GetString(file));
        }

        return reader._faults.Count == 0
            ? (new TrustPolicy(reader._logs, reader._witnesses, reader._quorum), [])
            : (null, reader._faults);
    }

    private void ReadLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            _line++;
            if (_faults.Count >= MaxFaults)
            {
                return;
            }

            if (line.Any(c => c < ' ' && c != '\t' || c == '\u007f'))
            {
                Add(
                    "有控制字符；在 Windows 上请存成以换行符（LF）结尾的文本。",
                    "It has a control character; on Windows, save the file with line feeds (LF) alone.");
            }
            else if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var keyword, ..] words && keyword[0] != '#')
            {
                ReadLine(keyword, words[1..]);
            }
        }

        _line = 0;
        if (_quorumLine == 0 && _faults.Count == 0)
        {
            Add(
                "没有 quorum 行。请写明由谁联署才算数，如 quorum 见证人名称；不要求联署的，写 quorum none。",
                "It has no line quorum. Say whose cosignatures it takes, such as quorum NAME; quorum none if it takes none.");
        }
    }

    private void ReadLine(string keyword, string[] words)
    {
        switch (keyword, words)
        {
            case ("log", [var key]):
                AddLog(key, null);
                break;
            case ("log", [var key, var address]):
                AddLog(key, address);
                break;
            case ("witness", [var name, var key]):
                AddWitness(name, key, null);
                break;
            case ("witness", [var name, var key, var address]):
                AddWitness(name, key, address);
                break;
            case ("group", [var name, var threshold, _, ..]):
                AddGroup(name, threshold, words[2..]);
                break;
            case ("quorum", [var name]):
                SetQuorum(name);
                break;
            default:
                Add(
                    "看不懂。可用的行：log 公钥 [地址]；witness 名称 公钥 [地址]；group 名称 all|any|个数 成员…；quorum 名称；以 # 开头的说明。",
                    "It is not understood. The lines are: log VKEY [URL]; witness NAME VKEY [URL]; group NAME all|any|NUMBER MEMBER…; "
                    + "quorum NAME; and # with a comment.");
                break;
        }
    }

    private void AddLog(string text, string? address)
    {
        if (ReadKey(text, key => key.Algorithm == NoteAlgorithm.Ed25519) is not { } key)
        {
            return;
        }

        if (_logs.Exists(log => log.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            Add("这把公钥已有一行。各分区的台账用同一把密钥：请去掉 log 行，或每个分区用一份策略。",
                "A line has this key already. The ledgers of partitions have one key: leave the lines log out, or have a policy for each.");
        }
        else if (_logs.Count >= MaxLogs)
        {
            Add($"log 行超过 {MaxLogs} 行。", $"There are more than {MaxLogs} lines log.");
        }
        else
        {
            _logs.Add(new PolicyLog(key, address));
        }
    }

    private void AddWitness(string name, string text, string? address)
    {
        if (ReadKey(text, key => key.Algorithm is NoteAlgorithm.Cosignature or NoteAlgorithm.MlDsa44Cosignature) is not { } key)
        {
            return;
        }

        if (_witnesses.Exists(witness => witness.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            Add("这把公钥已有一行：一个见证人只算一次。", "A line has this key already: a witness counts once.");
        }
        else if (_witnesses.Count >= MaxMembers)
        {
            Add($"witness 行超过 {MaxMembers} 行。", $"There are more than {MaxMembers} lines witness.");
        }
        else if (IsNew(name))
        {
            var witness = new PolicyWitness(name, key, address);
            _witnesses.Add(witness);
            _members.Add(name, new PolicyWitnessMember(witness));
        }
    }

    private void AddGroup(string name, string threshold, string[] names)
    {
        if (++_groups > MaxMembers)
        {
            Add($"group 行超过 {MaxMembers} 行。", $"There are more than {MaxMembers} lines group.");
            return;
        }

        var members = new List<PolicyMember>(names.Length);
        foreach (var each in names)
        {
            if (!_members.TryGetValue(each, out var member))
            {
                AddUnknown(each);
                return;
            }

            if (!_grouped.Add(each))
            {
                Add($"{each} 已是一个组的成员：每个只算一次。", $"{each} is a member of a group already: each counts once.");
                return;
            }

            members.Add(member);
        }

        var least = threshold switch
        {
            "any" => 1,
            "all" => members.Count,
            _ => WitnessRequest.TryParseSize(threshold) is { } number && number <= members.Count ? (int)number : 0,
        };
        if (least == 0)
        {
            Add($"个数 {threshold} 应为 any、all，或 1 至 {members.Count}。", $"{threshold} has to be any, all, or 1 to {members.Count}.");
        }
        else if (IsNew(name))
        {
            _members.Add(name, new PolicyGroup(least, members));
        }
    }

    private void SetQuorum(string name)
    {
        if (_quorumLine > 0)
        {
            Add($"第 {_quorumLine} 行已有 quorum，只能有一行。", $"Line {_quorumLine} has the quorum already; there is one.");
        }
        else if (name == None || _members.TryGetValue(name, out _quorum))
        {
            _quorumLine = _line;
        }
        else
        {
            AddUnknown(name);
        }
    }

    private NoteVerifier? ReadKey(string text, Func<NoteVerifier, bool> isOfKind)
    {
        if (NoteVerifier.TryParse(text, out var key) && isOfKind(key))
        {
            return key;
        }

        Add("这不是这一行要的公钥：log 行要台账的公钥，witness 行要见证人的公钥（xilin witness 启动时显示），形如 名称+8 位十六进制数+Base64。",
            "That is no key for this line: log takes the key of a ledger, witness that of a witness, which xilin witness prints at its "
            + "start; it looks like name+8 hexadecimal digits+Base64.");
        return null;
    }

    private bool IsNew(string name)
    {
        if (name != None && !_members.ContainsKey(name))
        {
            return true;
        }

        Add($"名称 {name} 已用过，或是保留的 none。", $"The name {name} is taken, or it is none, which is reserved.");
        return false;
    }

    private void AddUnknown(string name) => Add(
        $"前面没有名为 {name} 的见证人或组；须先写它的行。", $"No line before this one has a witness or a group {name}: write that line first.");

    private void Add(string zh, string en) => _faults.Add(_line == 0
        ? new PolicyFault(0, $"策略文件：{zh}", $"The policy: {en}")
        : new PolicyFault(
            _line, string.Create(CultureInfo.InvariantCulture, $"策略文件第 {_line} 行：{zh}"),
            string.Create(CultureInfo.InvariantCulture, $"Line {_line} of the policy: {en}")));
}
