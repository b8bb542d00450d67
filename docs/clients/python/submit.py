"""报送一份报表并等待回执。 Submits one report and waits for its receipt.

    pip install pika          # 或 / or: apt-get install python3-pika
    XILIN_BUS=amqp://320404004201:密码@127.0.0.1:5672/xilin XILIN_PATH=32.04.04.004.201 python3 submit.py july.json

跨网络用 / across a network: amqps://…:5671/xilin, XILIN_CA=ca.pem XILIN_CERT=320404004201.pem XILIN_KEY=320404004201.key

退出码 / exit code: 0 已接收 accepted · 2 已退回 refused · 1 未送达，可原样重发 not delivered, send the same file again
"""
import json
import os
import ssl
import sys

import pika

PATIENCE = 60


def main(file):
    with open(file, "rb") as source:
        body = source.read()

    # The id is in the file and stays there: sent again, it is the same submission, however often.
    submission_id = json.loads(body)["submissionId"]
    parameters = pika.URLParameters(os.environ["XILIN_BUS"])
    user = parameters.credentials.username
    if parameters.ssl_options is not None:
        # Over TLS the office shows its certificate, and takes no broker but one of our authority.
        context = ssl.create_default_context(cafile=os.environ["XILIN_CA"])
        context.load_cert_chain(os.environ["XILIN_CERT"], os.environ["XILIN_KEY"])
        parameters.ssl_options = pika.SSLOptions(context, parameters.host)
    connection = pika.BlockingConnection(parameters)
    try:
        channel = connection.channel()
        channel.confirm_delivery()

        # user_id must be the name of the login: the broker checks it, and without it the submission is refused.
        # Returns once the broker has confirmed it; raises if no queue takes it or the broker refuses it.
        channel.basic_publish(
            "xilin.intake", os.environ["XILIN_PATH"], body, mandatory=True,
            properties=pika.BasicProperties(user_id=user, message_id=submission_id, content_type="application/json", delivery_mode=2))

        # The queue is there already, and no one else can read it. What comes for earlier submissions is printed too.
        for method, _, answer in channel.consume("xilin.receipts." + user, inactivity_timeout=PATIENCE):
            if method is None:
                raise TimeoutError("没有等到回执，可原样重发。 / No receipt came; send the same file again.")
            answer = json.loads(answer)
            ours = None
            for receipt in answer.get("receipts", [answer]):
                show(receipt)
                ours = receipt if receipt["submissionId"] == submission_id else ours
            channel.basic_ack(method.delivery_tag)
            if ours:
                return 2 if ours["verdict"] == "refused" else 0
    finally:
        if connection.is_open:
            connection.close()


def show(receipt):
    print(receipt["verdict"], receipt["unit"], receipt["period"], f"第 {receipt['revision']} 版 ·", receipt["submissionId"], f"· 台账第 {receipt['sequence']} 号")
    for finding in receipt["findings"]:
        print(f"  [{finding['severity']}] {finding['rule']} {finding.get('indicator', '')} {finding['messageZh']} {finding['remedyZh']}")
        print(f"      {finding['messageEn']} {finding['remedyEn']}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except (pika.exceptions.AMQPError, TimeoutError, OSError) as error:
        print(f"未送达，可原样重发。 / Not delivered; send the same file again. {error!r}", file=sys.stderr)
        sys.exit(1)
