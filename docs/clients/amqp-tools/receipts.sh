#!/bin/sh
# 读出本单位的回执，每份一行 JSON。 Prints the office's own receipts, a line of JSON each.
# 跨网络 / across a network: amqps://…:5671/xilin, XILIN_CA=ca.pem XILIN_CERT=….pem XILIN_KEY=….key
#   XILIN_BUS=amqp://320404004201:密码@127.0.0.1:5672/xilin ./receipts.sh 1     读一份 / reads one; 不写数字：一直读 without a number: goes on
# 密码在命令行里，本机其他用户用 ps 就能看到：只在自己的机器上试用。 The password shows in the process list (ps): for tests on a machine of one's own only.
set -eu
: "${XILIN_BUS:?amqp://user:password@host:5672/xilin}"
user=${XILIN_BUS#*://}
user=${user%%:*}
exec amqp-consume --url="$XILIN_BUS" ${XILIN_CA:+--cacert="$XILIN_CA" --cert="$XILIN_CERT" --key="$XILIN_KEY"} --queue="xilin.receipts.$user" --prefetch-count=10 ${1:+--count="$1"} awk 1
