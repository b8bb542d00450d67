using Microsoft.AspNetCore.Http;

namespace XilinIngest.Hosting.Access;

/// <summary>The texts of denials: which right is missing, who grants it, what to do.</summary>
public static class AccessDenials
{
    /// <summary>The display name of a right.</summary>
    public static (string Zh, string En) DisplayName(Rights right) => right switch
    {
        Rights.Read => ("查看", "read"),
        Rights.Enter => ("填报", "enter"),
        Rights.Administer => ("管理", "admin"),
        Rights.Close => ("关账", "close"),
        Rights.Act => ("督办", "act"),
        Rights.Review => ("审核", "review"),
        _ => ("查看或填报", "read or enter"),
    };

    /// <summary>401: the caller is not signed in.</summary>
    public static AccessDenial NotSignedIn() => new(
        StatusCodes.Status401Unauthorized,
        "需要登录。程序请在请求头中写 Authorization: Bearer 加访问密钥；网页请从 /sign-in 登录。密钥已被收回或登录已过期的，请联系系统管理员。 / Sign-in is needed. A program sends the "
        + "header Authorization: Bearer with its access key; people sign in at /sign-in. Where the key was taken back or the sign-in is "
        + "over, ask whoever runs the system.");

    /// <summary>403: a right is missing.</summary>
    public static AccessDenial MissingRight(Rights right)
    {
        var (zh, en) = DisplayName(right);
        return new(
            StatusCodes.Status403Forbidden,
            $"此操作需要“{zh}”权限。权限由系统管理员授予：用命令 key add，或在统一登录系统中分配角色。 / This takes the right “{en}”. Whoever runs the system gives it: by the "
            + "command key add, or as a role at the sign-in provider.");
    }

    /// <summary>403: the data belongs to another unit.</summary>
    public static AccessDenial ForeignUnit(string units) => new(
        StatusCodes.Status403Forbidden,
        $"{units} 不在本账号负责的单位之内。填报人员只能查看和报送本单位及其下级单位的报表和明细；查看全部需要“查看”权限，增加单位请联系系统管理员。 / {units} is not among the units of this sign-in. "
        + "Who enters sees and submits the submissions and raw figures of their own units and those below; to see all takes the right "
        + "“read”; for more units ask whoever runs the system.");

    /// <summary>403: the alerts belong to another unit.</summary>
    public static AccessDenial ForeignAlerts(string unit) => new(
        StatusCodes.Status403Forbidden,
        $"{unit} 不在本账号负责的单位之内，不能认领、督办或静默其预警。增加单位请联系系统管理员。 / {unit} is not among the units of this sign-in, so its alerts are not "
        + "taken, directed or silenced with it. For more units ask whoever runs the system.");

    /// <summary>403: the unit is reminded by others.</summary>
    public static AccessDenial ForeignReminders(string unit) => new(
        StatusCodes.Status403Forbidden,
        $"{unit} 不在本账号负责的单位之内，不能催报。催报需要“督办”权限（限所列单位及其下级）或“关账”权限。增加单位请联系系统管理员。 / {unit} is not among the units of this "
        + "sign-in, so it is not reminded with it. It takes the right “act” for the unit, or “close”. For more units ask whoever runs the "
        + "system.");

    /// <summary>The reason why a caller is denied.</summary>
    public sealed class AccessDenial(int status, string words) : IResult
    {
        public int StatusCode => status;

        public string Detail => words;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (status == StatusCodes.Status401Unauthorized)
            {
                httpContext.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return Results.Problem(words, statusCode: status).ExecuteAsync(httpContext);
        }
    }
}
