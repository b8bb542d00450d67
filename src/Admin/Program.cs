using System.CommandLine;
using System.Globalization;
using XilinIngest.Admin;

// As the services: see ServiceHost.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// For those who run the system; offices and statisticians have the command xilin.
var root = new RootCommand(
    """
    xilin-admin: for those who run XilinIngest. 西林指标系统的运维命令。

    Examples:
      xilin-admin broker --out /etc/rabbitmq --passwords /etc/xilin/passwords.csv
      xilin-admin broker --out deploy/rabbitmq      topology alone, without users: holds no secret
      xilin-admin migrate                           the tables of ledger and cube, where Storage__Provider and ConnectionStrings__Ledger / __Cube say
    """)
{
    BrokerCommand.Create(),
    MigrateCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
