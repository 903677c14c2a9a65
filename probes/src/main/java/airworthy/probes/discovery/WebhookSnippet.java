package airworthy.probes.discovery;

import airworthy.probes.Reading;
import java.util.ArrayList;
import java.util.List;

/** What Alertmanager's configuration lacks for the harness to hear what its receivers hear. Pure. */
public final class WebhookSnippet {
    private WebhookSnippet() {}

    /** Lines to add to each receiver; none if one tells the harness already, or if there is no receiver. */
    public static List<String> of(Findings found) {
        if (found.webhook() instanceof Reading.Present || found.receivers().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("receivers:");
        for (String receiver : found.receivers()) {
            lines.add("  - name: " + YamlPage.scalar(receiver));
            lines.add("    webhook_configs:            # beside what it has");
            lines.add("      - url: http://ADDRESS-OF-THE-HARNESS:9911/");
            lines.add("        send_resolved: true");
        }
        return List.copyOf(lines);
    }
}
