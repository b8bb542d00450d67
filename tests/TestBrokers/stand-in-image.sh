#!/usr/bin/env bash
# Makes a Docker image of the RabbitMQ that is installed on this Debian machine, for where no registry can be reached:
#   apt-get install rabbitmq-server
#   tests/TestBrokers/stand-in-image.sh xilin-rabbitmq
#   XILIN_TEST_RABBITMQ_IMAGE=xilin-rabbitmq dotnet test tests/Wire.Tests -c Release
# It is for tests alone: runs as root inside the container, and has no more in it than the node needs.
set -euo pipefail
image=${1:?usage: $0 IMAGE}
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ||
    { echo "rabbitmq-server is missing: apt-get install rabbitmq-server (as root)." >&2; exit 1; }

# What the package needs by its own word, and the shell and tools that its scripts take for granted. Packages that are only another's
# name have no files; /bin and /lib may be links here, and are folders there.
packages=$(apt-cache depends --recurse --installed --no-recommends --no-suggests \
    --no-conflicts --no-breaks --no-replaces --no-enhances rabbitmq-server |
    grep -E '^[a-z]' | grep -vE '^(perl|python3|debconf|adduser|init-system|logrotate|passwd|systemd|usr)' | sort -u)
for package in $packages dash bash coreutils sed grep hostname libc-bin; do dpkg -L "$package" 2>/dev/null || true; done |
    sort -u | grep -E '^/[^/]+/' | grep -vE '^/usr/share/(doc|man|locale|lintian|bash-completion)/' |
    while IFS= read -r file; do if [ -f "$file" ] || [ -L "$file" ]; then echo "${file#/}"; fi; done |
    tar --create --directory / --files-from - |
    docker import \
        --change 'ENV PATH=/usr/lib/rabbitmq/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/var/lib/rabbitmq LANG=C.UTF-8' \
        --change 'ENV RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_LOGS=-' \
        --change 'WORKDIR /var/lib/rabbitmq' --change 'EXPOSE 5672' \
        --change 'ENTRYPOINT ["rabbitmq-server"]' \
        - "$image"
