package airworthy.faults.kubernetes;

import airworthy.faults.JsonValue;
import airworthy.faults.RunMark;
import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.UndoText;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Undo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A copy of a scenario's undo list on the cluster itself, for the day on which the journal is lost. It is made before
 * everything else and, as its own undo, deleted after everything else. It tells what to put back and not what for.
 */
public final class UndoSecret {
    /** Made by whoever installs Airworthy on a cluster; never by the harness. Without it the journal is all there is. */
    public static final String NAMESPACE = "airworthy-system";

    private static final String KEY = "undo.json";

    private UndoSecret() {}

    /**
     * The change that makes the copy.
     *
     * @param mark ours
     * @param part tells the lists of one run apart; opaque
     * @param changes whose undos are kept, in the order of making
     */
    public static Change.CreateObject keeping(RunMark mark, String part, List<Change> changes) {
        ObjectRef secret =
                new ObjectRef("v1", "Secret", Optional.of(NAMESPACE), "aw-" + mark.label() + "-undo-" + part);
        String undos = new UndoText().write(changes.stream().map(Change::undo).toList());
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", secret.apiVersion())
                .put("kind", secret.kind())
                .put("type", "Opaque");
        ObjectNode metadata = manifest.putObject("metadata").put("name", secret.name());
        metadata.put("namespace", NAMESPACE);
        mark.labels().forEach(metadata.putObject("labels")::put);
        mark.annotations().forEach(metadata.putObject("annotations")::put);
        manifest.putObject("data").put(KEY, Base64.getEncoder().encodeToString(undos.getBytes(StandardCharsets.UTF_8)));
        return new Change.CreateObject(secret, manifest.toString(), mark.label());
    }

    /**
     * What a Secret of ours says, with its own deletion as the first undo, so that undoing in reverse order deletes it last.
     *
     * @param secret as the API server gives it
     * @throws JournalDamagedException if it is no copy of an undo list
     */
    public static List<Undo> undos(String secret) throws JournalDamagedException {
        JsonNode node = JsonValue.parse(secret).node();
        String name = node.at("/metadata/name").asText();
        String label = node.at("/metadata/labels").path(RunMark.RUN_LABEL).asText();
        try {
            String text = new String(
                    Base64.getDecoder().decode(node.at("/data").path(KEY).asText()), StandardCharsets.UTF_8);
            List<Undo> undos = new ArrayList<>();
            undos.add(new Undo.DeleteCreated(new ObjectRef("v1", "Secret", Optional.of(NAMESPACE), name), label));
            undos.addAll(new UndoText().read(text));
            return List.copyOf(undos);
        } catch (IllegalArgumentException e) {
            throw new JournalDamagedException(
                    "Secret " + NAMESPACE + "/" + name + ": found no base64 under data." + KEY, e);
        }
    }
}
