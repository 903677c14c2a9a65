package airworthy.mocks.platform;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What DNS and the node's proxy of Services do for pods: from the name and port of a Service to where its pods listen. */
@FunctionalInterface
interface ServiceAddresses {

    Pattern NAME = Pattern.compile("([a-z0-9-]+)(?:\\.([a-z0-9-]+)(?:\\.svc(?:\\.cluster\\.local)?)?)?\\.?");
    Pattern HOST_AND_PORT = Pattern.compile("([a-z][a-z0-9.-]*):(\\d+)");

    /** The ready endpoints of a Service; none where there is no such Service. */
    List<InetSocketAddress> of(String namespace, String service);

    /** Whether an address is written as that of a Service of some namespace, whether or not there is one. */
    static boolean mayName(URI address) {
        Matcher name = NAME.matcher(String.valueOf(address.getHost()));
        return name.matches() && name.group(2) != null;
    }

    /** An address as a pod of this namespace reaches it; what names no Service with a ready pod stays as it is. */
    default URI reached(URI named, String namespace) {
        return endpoints(String.valueOf(named.getHost()), namespace).stream()
                .findFirst()
                .map(address -> URI.create(named.getScheme() + "://" + address.getHostString() + ":" + address.getPort()
                        + Optional.ofNullable(named.getRawPath()).orElse("")))
                .orElse(named);
    }

    /** An argument in which {@code HOST:PORT} of a Service is replaced by its endpoints, with commas between them. */
    default String reached(String argument, String namespace) {
        Matcher named = HOST_AND_PORT.matcher(argument);
        if (!named.matches()) {
            return argument;
        }
        String endpoints = endpoints(named.group(1), namespace).stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .collect(Collectors.joining(","));
        return endpoints.isEmpty() ? argument : endpoints;
    }

    private List<InetSocketAddress> endpoints(String host, String namespace) {
        Matcher name = NAME.matcher(host);
        return name.matches() ? of(Optional.ofNullable(name.group(2)).orElse(namespace), name.group(1)) : List.of();
    }
}
