// 报送一份报表并等待回执。 Submits one report and waits for its receipt.
//   npm ci
//   XILIN_BUS=amqp://320404004201:密码@127.0.0.1:5672/xilin XILIN_PATH=32.04.04.004.201 node submit.js july.json
// 跨网络用 / across a network: amqps://…:5671/xilin, XILIN_CA=ca.pem XILIN_CERT=320404004201.pem XILIN_KEY=320404004201.key
// 退出码 / exit code: 0 已接收 accepted · 2 已退回 refused · 1 未送达，可原样重发 not delivered, send the same file again
'use strict';
const fs = require('node:fs');
const amqp = require('amqplib');

const EXCHANGE = 'xilin.intake';
const PATIENCE = 60_000;

async function main(file) {
  const { XILIN_BUS: bus, XILIN_PATH: path, XILIN_CA: ca, XILIN_CERT: cert, XILIN_KEY: key } = process.env;
  if (!file || !bus || !path) {
    throw new Error('用法 / usage: XILIN_BUS=amqp(s)://user:password@host/xilin XILIN_PATH=32.04.04.004.201 node submit.js FILE.json');
  }

  // The id is in the file and stays there: sent again, it is the same submission, however often.
  const body = fs.readFileSync(file);
  const id = JSON.parse(body).submissionId;
  const user = decodeURIComponent(new URL(bus).username);

  // Over TLS the office shows its certificate, and takes no broker but one of our authority.
  const tls = bus.startsWith('amqps:') ? { ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key) } : {};
  const connection = await amqp.connect(bus, { ...tls, clientProperties: { connection_name: `submit.js ${user}` } });
  try {
    const channel = await connection.createConfirmChannel();
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('没有等到回执，可原样重发。 / No receipt came; send the same file again.')), PATIENCE);
      const fail = (error) => { clearTimeout(timer); reject(error); };
      connection.on('error', fail);
      channel.on('error', fail);
      channel.on('return', () => fail(new Error('没有队列接收，请核对 XILIN_PATH。 / No queue takes it; check XILIN_PATH.')));

      // The queue is there already, and no one else can read it. What comes for earlier submissions is printed too.
      channel.consume(`xilin.receipts.${user}`, (message) => {
        if (message === null) return fail(new Error('回执队列已被删除。 / The receipt queue was deleted.'));
        const answer = JSON.parse(message.content);
        for (const receipt of answer.receipts ?? [answer]) {
          print(receipt);
          if (receipt.submissionId === id) {
            clearTimeout(timer);
            setImmediate(() => resolve(receipt.verdict === 'refused' ? 2 : 0));
          }
        }
        channel.ack(message);
      }).then(() => {
        // userId must be the name of the login: the broker checks it, and without it the submission is refused.
        channel.publish(EXCHANGE, path, body, {
          userId: user, messageId: id, contentType: 'application/json', persistent: true, mandatory: true,
        }, (error) => error && fail(new Error(`服务器未确认，可原样重发。 / Not confirmed; send the same file again. ${error.message}`)));
      }).catch(fail);
    });
  } finally {
    await connection.close().catch(() => {}); // Closed by the broker already.
  }
}

function print(receipt) {
  console.log(`${receipt.verdict} ${receipt.unit} ${receipt.period} 第 ${receipt.revision} 版 · ${receipt.submissionId} · 台账第 ${receipt.sequence} 号`);
  for (const finding of receipt.findings) {
    console.log(`  [${finding.severity}] ${finding.rule} ${finding.indicator ?? ''} ${finding.messageZh} ${finding.remedyZh}`);
    console.log(`      ${finding.messageEn} ${finding.remedyEn}`);
  }
}

main(process.argv[2]).then((code) => { process.exitCode = code; }, (error) => { console.error(error.message); process.exitCode = 1; });
