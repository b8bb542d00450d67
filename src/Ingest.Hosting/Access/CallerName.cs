namespace XilinIngest.Hosting.Access;

/// <summary>What a caller is called in what is stored: by their name, or as in the ledger where no one signs in.</summary>
public static class CallerName
{
    private const string Http = "http";

    public static string Of(Caller caller) => caller.IsLocalTrusted ? Http : caller.Name;
}
