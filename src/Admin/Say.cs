namespace XilinIngest.Admin;

/// <summary>What the command says to the person who gave it, in one language.</summary>
internal sealed class Say(bool english)
{
    public string Text(string zh, string en) => english ? en : zh;

    // Written whole: a console that wraps would break a path in two.
    public void Line(string zh, string en) => Console.WriteLine(Text(zh, en));

    public int Fail(string zh, string en)
    {
        Console.Error.WriteLine(Text(zh, en));
        return 1;
    }
}

/// <summary>Something that the person can mend; the message names it, the reason and the remedy.</summary>
internal sealed class RefusedException(string zh, string en) : Exception(en)
{
    public string Zh { get; } = zh;
}
