using System.CommandLine;
using System.Globalization;
using XilinIngest.Client.DeadLetters;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin parked list | show | resend | drop</c>, for staff.</summary>
internal static class DeadLetterCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var limit = new Option<int>("--limit")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 100,
            Description = output.Text("最多列出几条。", "List so many at most.")
        };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number < 1)
            {
                result.AddError(output.Text("--limit 至少为 1。", "--limit is at least 1."));
            }
        });
        var list = new Command("list",
            output.Text("列出：序号、编号、时间、发送单位、路由键、大小，原因，开头。只看，不取走。",
                "Lists: number, id, time, sender, routing key, size; reason; beginning. It looks, and takes nothing away.")) { limit };
        list.SetAction(
            (result, cancellation) =>
                DeadLetterActions.RunAsync(options.Read(result, TransportMode.Bus),
                    queue => DeadLetterActions.ListAsync(queue, result.GetValue(limit), output, cancellation), cancellation));

        var one = new Argument<string>("N|ID") { Description = output.Text("list 中的序号或编号。", "The number or the id that list shows.") };
        var save = new Option<string?>("--save")
        {
            HelpName = "FILE",
            Description = output.Text("把正文原样存为文件。", "Write the body as it is to a file.")
        };
        var show = new Command("show",
            output.Text("显示一条的全部：标头、原因、正文（控制字符显示为代码，不会影响终端）。只看，不取走。",
                "Shows all of one: headers, reason, body (control characters as codes, harmless to a terminal). It looks, and takes "
                + "nothing away.")) { one, save };
        show.SetAction(
            (result, cancellation) =>
                DeadLetterActions.RunAsync(options.Read(result, TransportMode.Bus),
                    queue => DeadLetterActions.ShowAsync(queue, ParseSelectors(output, result.GetRequiredValue(one)), result.GetValue(save),
                        output, cancellation), cancellation));

        var ids = new Argument<string[]>("ID")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = output.Text("list 中的编号，可以几个；不能给序号，因为序号会变。", "Ids that list shows; no numbers, for numbers change.")
        };
        var all = new Option<bool>("--all") { Description = output.Text("全部。", "All of them.") };
        var resend = new Command("resend",
            output.Text("以原发送单位的名义重新送到接收队列；服务器确认收下后才移走。回执送到该单位。",
                "Sends it to the intake again in the name of its sender; it goes once the broker has confirmed that. The receipt goes to "
                + "that office.")) { ids, all };
        resend.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(ids) is { Length: > 0 }))
            {
                result.AddError(output.Text("请给出编号，或者 --all。", "Give ids, or --all."));
            }
        });
        resend.SetAction(
            (result, cancellation) =>
                DeadLetterActions.RunAsync(options.Read(result, TransportMode.Bus),
                    queue => DeadLetterActions.ResendAsync(queue, result.GetValue(all) ? null : ParseIds(output, result.GetValue(ids)!),
                        output, cancellation), cancellation));

        var dropped = new Argument<string[]>("N|ID")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = output.Text("list 中的序号或编号，可以几个。", "Numbers or ids that list shows.")
        };
        var yes = new Option<bool>("--yes")
        {
            Description = output.Text("不再询问；须给编号，因为序号会变。", "Do not ask; by id alone, for numbers change.")
        };
        var drop = new Command("drop", output.Text("丢弃，不能恢复；先询问。", "Drops it for good; asks first.")) { dropped, yes };
        drop.SetAction(
            (result, cancellation) =>
                DeadLetterActions.RunAsync(options.Read(result, TransportMode.Bus),
                    queue => DeadLetterActions.DropAsync(queue,
                        result.GetValue(yes)
                            ? ParseIds(output, result.GetValue(dropped)!) : ParseSelectors(output, result.GetValue(dropped)!),
                            result.GetValue(yes), output, cancellation), cancellation));

        return new Command("parked", output.Text(
            """
            无法读取而搁置的报文（统计站用；经消息队列）：查看、重发、丢弃。
            例：
              xilin parked list --bus amqps://xilin-staff@mq.example.org/xilin
              xilin parked show 1
              xilin parked show 3fa2c1d0 --save 正文.bin
              xilin parked resend 3fa2c1d0
              xilin parked drop 3fa2c1d0 --yes
            退出码：0 完成；1 没有这一条、没有确认，或不能重发；2 命令写法有误；3 消息队列连接不上或没有收下。
            """,
            """
            Messages put aside because no one could read them (staff; over the message queue): look, send again, drop.
            Examples:
              xilin parked list --bus amqps://xilin-staff@mq.example.org/xilin
              xilin parked show 1
              xilin parked show 3fa2c1d0 --save body.bin
              xilin parked resend 3fa2c1d0
              xilin parked drop 3fa2c1d0 --yes
            Exit codes: 0 done; 1 no such message, not confirmed, or not to be sent again; 2 wrong usage;
            3 the message queue is away or did not take it.
            """)) { list, show, resend, drop };
    }

    // Numbers change when messages come and go. A command that cannot be undone therefore needs the id of the message.
    private static IReadOnlyList<DeadLetterSelector> ParseIds(ConsoleOutput output, string[] texts)
    {
        var wanted = ParseSelectors(output, texts);
        return wanted.FirstOrDefault(one => one.Id is null) is { } number
            ? throw new CommandException(ExitCodes.Usage, $"请给编号（如 3fa2c1d0），不能给序号 {number}：序号在别人处理时会变。编号见 xilin parked list。",
                $"Give an id (such as 3fa2c1d0), not the number {number}: numbers change while others work. xilin parked list "
                + "shows the ids.")
            : wanted;
    }

    private static IReadOnlyList<DeadLetterSelector> ParseSelectors(ConsoleOutput output, params string[] texts) =>
        [.. texts.Select(text => Commands.DeadLetterSelector.TryParse(text)
        ?? throw new CommandException(ExitCodes.Usage, $"“{TerminalText.ToSingleLine(text)}”既不是序号（如 3）也不是编号（如 3fa2c1d0）。",
            $"'{TerminalText.ToSingleLine(text)}' is neither a number (such as 3) nor an id (such as 3fa2c1d0)."))];
}

/// <summary>Selects a dead letter by its position in the list or by its id.</summary>
internal sealed record DeadLetterSelector(int? Number, string? Id)
{
    private const int IdLength = 8;

    public static DeadLetterSelector? TryParse(string text) =>
        text.Length == IdLength && text.All(char.IsAsciiHexDigit) ? new(null, text.ToLowerInvariant())
        : text.Length < IdLength && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new(number, null)
        : null;

    public bool Matches(int number, DeadLetterMessage message) => Number == number || Id == message.Id;

    public override string ToString() => Id ?? Number!.Value.ToString(CultureInfo.InvariantCulture);
}
