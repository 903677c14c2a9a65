package airworthy.faults.kubernetes;

import airworthy.model.ObjectRef;
import java.util.Optional;

/** What a person types where the harness could not undo. */
final class Kubectl {
    private Kubectl() {}

    static String delete(ObjectRef object) {
        return "kubectl delete " + named(object);
    }

    /** @param subresource of the object, where the field is changed by one */
    static String patch(ObjectRef object, Optional<String> subresource, String jsonPatch) {
        return "kubectl patch " + named(object)
                + subresource.map(part -> " --subresource=" + part).orElse("") + " --type=json -p '"
                + jsonPatch.replace("'", "'\\''") + "'";
    }

    private static String named(ObjectRef object) {
        int slash = object.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : "." + object.apiVersion().substring(0, slash);
        String space = object.namespace().map(name -> "-n " + name + " ").orElse("");
        return space + object.kind() + group + " " + object.name();
    }
}
