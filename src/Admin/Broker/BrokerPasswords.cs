namespace XilinIngest.Admin.Broker;

/// <summary>
/// The passwords in force, by user. They are stored nowhere else. Existing users keep their password, new users get one, and those of
/// removed units are dropped. The file is not a table and nothing in it is quoted or escaped, because scripts read it with sed and a
/// password may begin with a minus.
/// </summary>
/// <param name="ByUser">The passwords of the requested users, and of users that may be requested again.</param>
/// <param name="Added">The users that got a password.</param>
/// <param name="Removed">The users that had a password and were not requested. The broker may still have them.</param>
internal sealed record BrokerPasswords(
    IReadOnlyDictionary<string, string> ByUser, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    private const string Header = "user,password";

    /// <param name="users">The requested users.</param>
    /// <param name="known">The existing passwords.</param>
    /// <param name="mayReturn">Selects the users whose password is kept although they were not requested.</param>
    public static BrokerPasswords Generate(
        IEnumerable<string> users, IReadOnlyDictionary<string, string> known, Func<string, bool> mayReturn)
    {
        var all = users.ToList();
        var left = known.Keys.Except(all).Order(StringComparer.Ordinal).ToList();
        return new BrokerPasswords(
            all.Concat(left.Where(mayReturn))
                .ToDictionary(user => user, user => known.GetValueOrDefault(user) ?? PasswordHash.NewPassword()),
            all.FindAll(user => !known.ContainsKey(user)),
            left);
    }

    /// <exception cref="AdminCommandException">A line is not a pair of user and password. Overwriting the file would lose the
    /// others.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var known = new Dictionary<string, string>();
        if (!File.Exists(path))
        {
            return known;
        }

        foreach (var (line, index) in File.ReadLines(path)
            .Select((line, index) => (line.Trim(), index)).Where(line => line.Item1.Length > 0 && line.Item1 != Header))
        {
            if (line.Split(',') is not [{ Length: > 0 } user, { Length: > 0 } password] || !known.TryAdd(user, password))
            {
                // The line is not shown, because it may hold a password.
                throw new AdminCommandException(
                    $"密码文件 {path} 第 {index + 1} 行不是“用户，密码”，或用户重复。请改正该行；若无法恢复，可删去该行，该用户会得到新密码。",
                    $"Line {index + 1} of the password file {path} is not 'user,password', or names a user twice. Mend the line; where it "
                    + "cannot be restored, delete it, and the user gets a new password.");
            }
        }

        return known;
    }

    public void Write(string path) =>
        SecretFileWriter.Write(path, Header + "\n" + string.Concat(ByUser.Select(user => $"{user.Key},{user.Value}\n")));
}
