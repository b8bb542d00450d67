import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * 报送一份报表并等待回执。 Submits one report and waits for its receipt.
 *
 * <pre>
 * apt-get install default-jdk-headless librabbitmq-client-java        或自 Maven 取 / or from Maven: com.rabbitmq:amqp-client 5.x
 * java -cp /usr/share/java/amqp-client.jar:/usr/share/java/slf4j-api.jar Submit.java july.json
 * </pre>
 *
 * 退出码 / exit code: 0 已接收 accepted · 2 已退回 refused · 1 未送达，可原样重发 not delivered, send the same file again
 */
public final class Submit {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern ID = Pattern.compile("\"submissionId\"\\s*:\\s*\"([0-9a-fA-F-]{36})\"");

    public static void main(String[] args) {
        try {
            System.exit(submit(Path.of(args[0])));
        } catch (Exception e) {
            System.err.println("未送达，可原样重发。 / Not delivered; send the same file again. " + e);
            System.exit(1);
        }
    }

    private static int submit(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);

        // The id is in the file and stays there: sent again, it is the same submission, however often.
        Matcher id = ID.matcher(new String(body, StandardCharsets.UTF_8));
        if (!id.find()) {
            throw new IllegalArgumentException("缺少 submissionId。 / There is no submissionId.");
        }

        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(System.getenv("XILIN_BUS"));
        factory.setAutomaticRecoveryEnabled(false);
        if (factory.isSSL()) {
            // Left alone, this library takes any broker. The office's certificate and our authority's are named with
            // -Djavax.net.ssl.keyStore=… and -Djavax.net.ssl.trustStore=…; from version 5.4 on add factory.enableHostnameVerification().
            factory.useSslProtocol(SSLContext.getDefault());
        }

        String user = factory.getUsername();
        try (Connection connection = factory.newConnection("Submit.java " + user); Channel channel = connection.createChannel()) {
            ArrayBlockingQueue<String> ours = new ArrayBlockingQueue<>(1);

            // The queue is there already, and no one else can read it. What comes for earlier submissions is printed too.
            channel.basicConsume("xilin.receipts." + user, false, (tag, delivery) -> {
                String receipt = new String(delivery.getBody(), StandardCharsets.UTF_8);
                System.out.println(receipt);
                channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                if (receipt.contains(id.group(1).toLowerCase())) {
                    ours.offer(receipt);
                }
            }, tag -> { });
            channel.addReturnListener(returned -> System.err.println("没有队列接收，请核对 XILIN_PATH。 / No queue takes it; check XILIN_PATH."));

            // userId must be the name of the login: the broker checks it, and without it the submission is refused.
            channel.confirmSelect();
            channel.basicPublish("xilin.intake", System.getenv("XILIN_PATH"), true, new AMQP.BasicProperties.Builder()
                .userId(user).messageId(id.group(1)).contentType("application/json").deliveryMode(2).build(), body);
            channel.waitForConfirmsOrDie(PATIENCE_SECONDS * 1000);

            String receipt = ours.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (receipt == null) {
                throw new IllegalStateException("没有等到回执。 / No receipt came.");
            }

            // Others of this office may stand beside it.
            String refused = id.group(1).toLowerCase() + "\"[^{}]*\"verdict\":\"refused\"";
            return Pattern.compile(refused).matcher(receipt).find() ? 2 : 0;
        }
    }
}
