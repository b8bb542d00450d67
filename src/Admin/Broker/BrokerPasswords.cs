namespace XilinIngest.Admin.Broker;

/// <summary>
/// The passwords in force, by user: the only place that has them, for whoever hands them out. Users that stay keep theirs, new ones
/// get one; those of units that are no more are dropped.
/// </summary>
/// <param name="ByUser">Those of the users asked for, and of those that were not asked for this time but may be again.</param>
/// <param name="Added">Who got one.</param>
/// <param name="Removed">Who had one and was not asked for: the broker may still have them.</param>
internal sealed record BrokerPasswords(IReadOnlyDictionary<string, string> ByUser, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    private const string Header = "user,password";

    /// <param name="users">Who is to have one.</param>
    /// <param name="known">What there is.</param>
    /// <param name="mayReturn">Whether the password of a user who is not asked for is kept.</param>
    public static BrokerPasswords Generate(IEnumerable<string> users, IReadOnlyDictionary<string, string> known, Func<string, bool> mayReturn)
    {
        var all = users.ToList();
        var left = known.Keys.Except(all).Order(StringComparer.Ordinal).ToList();
        return new BrokerPasswords(
            all.Concat(left.Where(mayReturn)).ToDictionary(user => user, user => known.GetValueOrDefault(user) ?? PasswordHash.NewPassword()),
            all.FindAll(user => !known.ContainsKey(user)),
            left);
    }

    /// <exception cref="AdminCommandException">A line is no pair of user and password: overwriting the file would lose the others.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var known = new Dictionary<string, string>();
        if (!File.Exists(path))
        {
            return known;
        }

        foreach (var (line, index) in File.ReadLines(path).Select((line, index) => (line.Trim(), index)).Where(line => line.Item1.Length > 0 && line.Item1 != Header))
        {
            if (line.Split(',') is not [{ Length: > 0 } user, { Length: > 0 } password] || !known.TryAdd(user, password))
            {
                // The line itself is not shown: it may hold a password.
                throw new AdminCommandException(
                    $"密码文件 {path} 第 {index + 1} 行不是“用户,密码”,或用户重复。请改正该行;若无法恢复,可删去该行,该用户会得到新密码。",
                    $"Line {index + 1} of the password file {path} is not 'user,password', or names a user twice. Mend the line; where it cannot be restored, delete it, and the user gets a new password.");
            }
        }

        return known;
    }

    public void Write(string path) =>
        SecretFileWriter.Write(path, Header + "\n" + string.Concat(ByUser.Select(user => $"{user.Key},{user.Value}\n")));
}
