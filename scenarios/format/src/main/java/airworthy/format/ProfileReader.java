package airworthy.format;

import airworthy.model.Fidelity;
import airworthy.model.Need;
import airworthy.model.PlatformLayer;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.Consent;
import airworthy.model.WorkloadRef;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads platform profiles: {@code kind: Platform}.
 *
 * <p>A part whose key is missing is to be looked for and comes out empty; one whose value is the word {@code absent} comes
 * out empty and among those declared absent. Relative paths, those in {@code file:} references too, resolve against the
 * folder of the profile. Immutable and safe for use by several threads.
 */
public final class ProfileReader {
    private final SchemaCheck schemas;
    private final Path home;

    /** Takes the folder for which {@code ~} stands. */
    public ProfileReader(SchemaCheck schemas, Path home) {
        this.schemas = schemas;
        this.home = home;
    }

    /** Reads a file. */
    public Read<PlatformProfile> read(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        return TextFile.read(file, file.toString()).then(text -> read(file.toString(), text, folder));
    }

    /**
     * Reads a text.
     *
     * @param path the name of the text in problems
     * @param baseDir against which relative paths resolve
     */
    public Read<PlatformProfile> read(String path, String text, Path baseDir) {
        return DocumentParser.parse(path, text)
                .then(document -> Header.expect(document, List.of("Platform")))
                .then(document -> convert(document, new ProfilePaths(baseDir, home)));
    }

    private Read<PlatformProfile> convert(Document document, ProfilePaths paths) {
        Complaints complaints = new Complaints(schemas.check(SchemaCheck.PLATFORM, document));
        Cursor root = Cursor.over(document, complaints);
        if (root.get("cluster").isMapping() && !root.has("fidelity")) {
            root.get("fidelity").complain("the key \"fidelity\": a report on a cluster says what was real");
        }
        ProfileParts parts = new ProfileParts(root, paths);
        ProfileSigns signs = new ProfileSigns(root);
        var fidelity = fidelity(root.get("fidelity"));
        var cluster = parts.cluster();
        var consent = consent(root.get("allow"));
        var prometheus = parts.prometheus();
        var alertmanager = parts.alertmanager();
        var gateway = parts.gateway();
        var inference = parts.inference();
        List<WorkloadRef> bystanders = root.get("bystanders").items().stream()
                .map(ProfileParts::workload)
                .toList();
        var ownership = signs.ownership();
        var alerts = signs.alerts();
        var mocks = parts.mocks();
        int timeScale =
                root.find("timeScale").map(scale -> scale.integerFrom(1)).orElse(1);
        return Read.unless(
                complaints.all(),
                () -> new PlatformProfile(
                        root.find("name").orElse(root.get("environment")).text(),
                        root.get("environment").text(),
                        fidelity,
                        cluster,
                        consent,
                        prometheus,
                        alertmanager,
                        gateway,
                        inference,
                        bystanders,
                        root.get("testTenants").texts(),
                        ownership,
                        alerts,
                        ProfileParts.texts(root.get("names")),
                        mocks,
                        parts.images(),
                        declaredAbsent(root),
                        timeScale));
    }

    private static Map<PlatformLayer, Fidelity> fidelity(Cursor declared) {
        Map<PlatformLayer, Fidelity> fidelity = new EnumMap<>(PlatformLayer.class);
        for (PlatformLayer layer : PlatformLayer.values()) {
            declared.find(layer.id())
                    .ifPresent(kind -> fidelity.put(layer, kind.word(List.of(Fidelity.values()), Fidelity::id)));
        }
        return fidelity;
    }

    /** Consent is never assumed: what is not written is not allowed. */
    private static Consent consent(Cursor allow) {
        return new Consent(
                Set.copyOf(allow.get("namespaces").texts()),
                allow.find("maxDevices").map(most -> most.integerFrom(0)).orElse(0),
                allow.find("maxTokens").map(most -> most.longFrom(0)).orElse(0L),
                allow.get("monitoring").flag(),
                allow.get("irreversible").flag(),
                allow.get("paging").text().equals("live"),
                allow.get("liveTraffic").flag(),
                allow.find("maxBadCredentials").map(most -> most.integerFrom(0)).orElse(0));
    }

    private static Set<Need> declaredAbsent(Cursor root) {
        Map<Need, String> keys = Map.of(
                Need.KUBERNETES, "cluster",
                Need.PROMETHEUS, "prometheus",
                Need.ALERTMANAGER, "alertmanager",
                Need.GATEWAY, "gateway",
                Need.INFERENCE, "inference",
                Need.OWNERSHIP, "ownership",
                Need.DEVICES, "devices",
                Need.TENANTS, "testTenants");
        Set<Need> absent = EnumSet.noneOf(Need.class);
        keys.forEach((need, key) -> {
            if (root.get(key).saysAbsent()) {
                absent.add(need);
            }
        });
        return absent;
    }
}
