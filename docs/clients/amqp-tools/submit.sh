#!/bin/sh
# 只用来试线路、口令和路径。amqp-publish 不能写明发送者（user_id），也不等服务器确认：这样发出的报表会被退回（F501），
# 请用本目录的其他样例、curl（HTTP）或 xilin submit 正式报送。
# To try the line, the password and the path, and for no more. amqp-publish can neither name the sender (user_id) nor wait for a
# confirm: what it sends is refused. Submit with the other samples here, with curl over HTTP, or with xilin submit.
#   XILIN_BUS=amqp://320404004201:密码@127.0.0.1:5672/xilin XILIN_PATH=32.04.04.004.201 ./submit.sh july.json
# 密码在命令行里，本机其他用户用 ps 就能看到：只在自己的机器上试用。 The password shows in the process list (ps): for tests on a machine of one's own only.
set -eu
: "${XILIN_BUS:?amqp://user:password@host:5672/xilin}" "${XILIN_PATH:?32.04.04.004.201}"
amqp-publish --url="$XILIN_BUS" --exchange=xilin.intake --routing-key="$XILIN_PATH" --content-type=application/json --persistent < "${1:?FILE.json}"
echo "已到达服务器，但没有发送者，会被退回。 / It reached the broker; without a sender it will be refused."
