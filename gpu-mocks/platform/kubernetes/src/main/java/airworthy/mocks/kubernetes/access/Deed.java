package airworthy.mocks.kubernetes.access;

import airworthy.mocks.kubernetes.store.ObjectKey;

/**
 * What is asked of the API, in the terms of roles.
 *
 * @param verb such as {@code get}, {@code list} or {@code deletecollection}
 * @param resource the plural, with its subresource behind a slash: {@code pods/log}
 * @param object what it is done to; without a name for a whole kind, without a namespace for all of them
 */
public record Deed(String verb, String resource, ObjectKey object) {

    String group() {
        return object.kind().group();
    }

    /** As Kubernetes says what somebody cannot do. */
    String words() {
        String where = object.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"" + object.namespace() + "\"";
        return verb + " resource \"" + resource + "\" in API group \"" + group() + "\" " + where;
    }
}
