package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PolledEndpointsTest {

    @Test
    void onlyReadyEndpointsTakePartInTheOrderOfTheirPods() throws IOException {
        String slices = """
            items:
            - ports: [{port: 8000}]
              endpoints:
              - {addresses: [10.42.0.9], conditions: {ready: true}, targetRef: {kind: Pod, name: chat-b}}
              - {addresses: [10.42.0.7], conditions: {ready: false}, targetRef: {kind: Pod, name: chat-c}}
            - ports: [{port: 8001}]
              endpoints:
              - {addresses: [10.42.0.8], targetRef: {kind: Pod, name: chat-a}}
            """;

        assertThat(PolledEndpoints.replicas("team-a", new ObjectMapper(new YAMLFactory()).readTree(slices)))
                .containsExactly(
                        new Replica("team-a", "chat-a", new InetSocketAddress("10.42.0.8", 8001)),
                        new Replica("team-a", "chat-b", new InetSocketAddress("10.42.0.9", 8000)));
    }
}
