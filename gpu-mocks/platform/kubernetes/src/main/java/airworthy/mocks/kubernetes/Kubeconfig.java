package airworthy.mocks.kubernetes;

import java.net.URI;

/** The file with which kubectl and client libraries meet the cluster. */
final class Kubeconfig {
    private Kubeconfig() {}

    /**
     * The token stands twice: clients built on client-go keep a user's token to themselves unless the connection is TLS, but
     * send the credentials of a URL.
     */
    static String of(URI uri, String token) {
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - name: airworthy-simulated
              cluster:
                server: http://simulated:%2$s@%1$s
            users:
            - name: airworthy-simulated
              user:
                token: %2$s
            contexts:
            - name: airworthy-simulated
              context:
                cluster: airworthy-simulated
                user: airworthy-simulated
            current-context: airworthy-simulated
            """.formatted(uri.getAuthority(), token);
    }
}
