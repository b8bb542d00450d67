namespace XilinIngest.Admin.Broker;

/// <summary>The configuration files of the broker besides the definitions.</summary>
internal static class BrokerConfiguration
{
    /// <summary>The EXTERNAL mechanism, which takes the user name from the client's certificate.</summary>
    public const string Plugins = "[rabbitmq_auth_mechanism_ssl].\n";

    private const string TlsSection = """
        # Offices, from anywhere: TLS, with a client certificate of our own authority whose common name is the unit's code, or, where
        # the certificate is that of a gateway, with name and password besides.
        listeners.ssl.1 = 0.0.0.0:5671
        ssl_options.cacertfile = /etc/rabbitmq/tls/ca.pem
        ssl_options.certfile = /etc/rabbitmq/tls/server.pem
        ssl_options.keyfile = /etc/rabbitmq/tls/server.key
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = true
        ssl_options.versions.1 = tlsv1.3
        ssl_options.versions.2 = tlsv1.2
        ssl_cert_login_from = common_name
        auth_mechanisms.1 = EXTERNAL
        auth_mechanisms.2 = PLAIN
        """;

    /// <summary>rabbitmq.conf.</summary>
    /// <param name="encrypted">Whether the TLS listener is active; otherwise it is a comment.</param>
    public static string Write(bool encrypted) => $"""
        # Made by `xilin-admin broker`. See deploy/rabbitmq/README.md.

        # Services on this machine. On the loopback address alone: what goes over a network goes through TLS below.
        listeners.tcp.1 = 127.0.0.1:5672

        {(encrypted ? TlsSection : CommentOut(TlsSection))}

        # Imported at every start: topology, policies, users. In a cluster take this line out, and import once when all nodes are in.
        load_definitions = /etc/rabbitmq/definitions.json

        # A body may have 4 MiB, and receipts come in messages of about as much: twice that.
        max_message_size = 8388608

        # Before the disk is full, publishers wait. More than the queues' own limits, so that one full queue does not stop the others.
        disk_free_limit.absolute = 2GB
        vm_memory_high_watermark.relative = 0.4

        # A consumer that neither acknowledges nor goes away: its messages are given to another.
        consumer_timeout = 1800000
        heartbeat = 30

        # A cluster of three: the two that see each other go on. The names are those that `rabbitmqctl status` shows.
        cluster_partition_handling = pause_minority
        # cluster_formation.peer_discovery_backend = classic_config
        # cluster_formation.classic_config.nodes.1 = rabbit@broker1
        # cluster_formation.classic_config.nodes.2 = rabbit@broker2
        # cluster_formation.classic_config.nodes.3 = rabbit@broker3

        """;

    private static string CommentOut(string text) =>
        "# With `--tls`:\n" + string.Join('\n', text.Split('\n').Select(line => line.StartsWith('#') ? line : "# " + line));
}
