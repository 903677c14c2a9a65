package airworthy.load.gatling;

import airworthy.load.StreamOrder;
import airworthy.model.RunHeader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatling.http.client.Request;
import io.gatling.http.client.RequestBuilder;
import io.gatling.http.client.body.bytearray.ByteArrayRequestBodyBuilder;
import io.gatling.http.client.resolver.InetAddressNameResolver;
import io.gatling.http.client.uri.Uri;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/** Makes the requests of one stream. Nothing in them names the stream: the platform must not know what is asked of it. */
final class ChatRequests {

    /** The client's own time limit: none, ours is kept in {@link Exchange}. */
    private static final long NO_TIMEOUT = -1;

    private final StreamOrder order;
    private final Uri uri;

    ChatRequests(StreamOrder order) {
        this.order = order;
        this.uri = Uri.create(order.url()
                .resolve(order.url().getPath().replaceAll("/+$", "") + "/chat/completions")
                .toString());
    }

    /**
     * Returns a request.
     *
     * @param tokens that its answer is asked to have; the order may allow fewer
     */
    Request request(String prompt, int tokens) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.HOST, uri.getAuthority());
        headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.USER_AGENT, "airworthy");
        order.bearer().ifPresent(token -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token));
        order.runLabel().ifPresent(label -> headers.set(RunHeader.NAME, label));
        byte[] body = body(prompt, tokens).toString().getBytes(StandardCharsets.UTF_8);
        return new RequestBuilder("answer", HttpMethod.POST, uri, InetAddressNameResolver.JAVA_RESOLVER)
                .setHeaders(headers)
                .setBodyBuilder(new ByteArrayRequestBodyBuilder(body, null))
                .setRequestTimeout(NO_TIMEOUT)
                .build();
    }

    private ObjectNode body(String prompt, int tokens) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", order.model());
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.put("max_tokens", Math.min(tokens, order.maxTokens()))
                .put("temperature", 0)
                .put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return body;
    }
}
