#!/bin/sh
# SQL Server's part of compose.yaml. "databases", before every migration: an owner of the tables, a user for each kind of service, three
# databases, where they are missing. "rights", after it and as that owner: what the users may do.
set -eu
secret() { cat "/run/secrets/database-$1"; }
sql() { /opt/mssql-tools18/bin/sqlcmd -C -b -S sqlserver "$@"; }

if [ "$1" = rights ]; then
    SQLCMDPASSWORD=$(secret owner)
    export SQLCMDPASSWORD
    sql -U xilin_owner -d ledger -v role=xilin_worker -i /etc/xilin/rights/ledger-rights.sql
    sql -U xilin_owner -d cube -v role=xilin_aggregator -i /etc/xilin/rights/cube-rights.sql
    sql -U xilin_owner -d notices -v role=xilin_notifier -i /etc/xilin/rights/notices-rights.sql
    exit
fi

# From the environment, where the list of processes does not show them.
SQLCMDPASSWORD=$(secret superuser) owner=$(secret owner) worker=$(secret worker) aggregator=$(secret aggregator) notifier=$(secret notifier)
export SQLCMDPASSWORD owner worker aggregator notifier
cat >/tmp/databases.sql <<'SQL'
IF SUSER_ID('xilin_owner') IS NULL CREATE LOGIN xilin_owner WITH PASSWORD = '$(owner)';
IF SUSER_ID('xilin_worker') IS NULL CREATE LOGIN xilin_worker WITH PASSWORD = '$(worker)';
IF SUSER_ID('xilin_aggregator') IS NULL CREATE LOGIN xilin_aggregator WITH PASSWORD = '$(aggregator)';
IF SUSER_ID('xilin_notifier') IS NULL CREATE LOGIN xilin_notifier WITH PASSWORD = '$(notifier)';
IF DB_ID('ledger') IS NULL CREATE DATABASE ledger;
IF DB_ID('cube') IS NULL CREATE DATABASE cube;
IF DB_ID('notices') IS NULL CREATE DATABASE notices;
GO
-- Whoever reads then holds up no writer. It takes a moment in which no one else is connected: once, before the services are.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = 'ledger' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE ledger SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = 'cube' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE cube SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = 'notices' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE notices SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
ALTER AUTHORIZATION ON DATABASE::ledger TO xilin_owner;
ALTER AUTHORIZATION ON DATABASE::cube TO xilin_owner;
ALTER AUTHORIZATION ON DATABASE::notices TO xilin_owner;
GO
USE ledger;
IF USER_ID('xilin_worker') IS NULL CREATE USER xilin_worker FOR LOGIN xilin_worker;
GO
USE cube;
IF USER_ID('xilin_aggregator') IS NULL CREATE USER xilin_aggregator FOR LOGIN xilin_aggregator;
GO
USE notices;
IF USER_ID('xilin_notifier') IS NULL CREATE USER xilin_notifier FOR LOGIN xilin_notifier;
GO
SQL
sql -U sa -d master -i /tmp/databases.sql
