namespace XilinIngest.Hosting.Access;

/// <summary>What a caller is called in what is stored: by their name, or as in the ledger where no one signs in.</summary>
public static class CallerName
{
    private const string Http = "http";

    public static string Of(Caller caller) => caller.IsLocalTrusted ? Http : caller.Name;

    /// <summary>A stored name in a sentence, in Chinese and English.</summary>
    public static (string Zh, string En) Describe(string stored) =>
        stored == Http ? ("未登录用户", "a user not signed in") : (stored, stored);
}
