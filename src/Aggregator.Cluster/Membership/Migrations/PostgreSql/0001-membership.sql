-- Which silos there are. The engine reads and writes these tables by the statements in orleansquery alone, with its own parameters and
-- column names. A change counts only if the version of the table is the one that the engine has read: it is raised with every change.
CREATE TABLE silo_table_version (
    deployment varchar(150) NOT NULL PRIMARY KEY,
    changed_at timestamptz NOT NULL,
    version integer NOT NULL
);

CREATE TABLE silo (
    deployment varchar(150) NOT NULL REFERENCES silo_table_version (deployment),
    address varchar(45) NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name varchar(150) NOT NULL,
    host varchar(150) NOT NULL,
    status integer NOT NULL,
    gateway_port integer,
    suspicions text,
    started_at timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

CREATE TABLE orleansquery (
    querykey varchar(64) NOT NULL PRIMARY KEY,
    querytext text NOT NULL
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey',
'WITH added AS (
    INSERT INTO silo_table_version (deployment, changed_at, version) VALUES (@DeploymentId, now(), 0)
    ON CONFLICT (deployment) DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM added'),

('InsertMembershipKey',
'WITH raised AS (
    UPDATE silo_table_version SET version = version + 1, changed_at = now()
    WHERE deployment = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT 1 FROM silo WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
added AS (
    INSERT INTO silo (deployment, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
    RETURNING 1)
SELECT count(*)::integer FROM added'),

('UpdateMembershipKey',
'WITH raised AS (
    UPDATE silo_table_version SET version = version + 1, changed_at = now()
    WHERE deployment = @DeploymentId AND version = @Version AND EXISTS (
        SELECT 1 FROM silo WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
changed AS (
    UPDATE silo SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND EXISTS (SELECT 1 FROM raised)
    RETURNING 1)
SELECT count(*)::integer FROM changed'),

('UpdateIAmAlivetimeKey',
'UPDATE silo SET alive_at = @IAmAliveTime
WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

('MembershipReadRowKey',
'SELECT v.deployment AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
    s.host AS HostName, s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, v.version AS Version
FROM silo_table_version v
LEFT JOIN silo s ON s.deployment = v.deployment AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE v.deployment = @DeploymentId'),

('MembershipReadAllKey',
'SELECT v.deployment AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
    s.host AS HostName, s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, v.version AS Version
FROM silo_table_version v
LEFT JOIN silo s ON s.deployment = v.deployment
WHERE v.deployment = @DeploymentId'),

('GatewaysQueryKey',
'SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation FROM silo
WHERE deployment = @DeploymentId AND status = @Status AND gateway_port > 0'),

('DeleteMembershipTableEntriesKey',
'WITH removed AS (DELETE FROM silo WHERE deployment = @DeploymentId)
DELETE FROM silo_table_version WHERE deployment = @DeploymentId'),

-- 3 is active.
('CleanupDefunctSiloEntriesKey',
'DELETE FROM silo WHERE deployment = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3');
