package airworthy.format;

import airworthy.model.PlatformProfile.Audit;
import airworthy.model.PlatformProfile.AuditField;
import airworthy.model.PlatformProfile.TokenBudget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts what a gateway grants and where it tells what it did.
 *
 * @param root the whole profile
 * @param gateway the gateway's part of it
 */
record GatewayParts(Cursor root, Cursor gateway) {

    List<TokenBudget> budgets() {
        List<TokenBudget> budgets = new ArrayList<>();
        gateway.get("budgets").entries().forEach((tenant, budget) -> {
            if (!gateway.get("keys").has(tenant)) {
                budget.complainOfKey(
                        "the budget of tenant \"" + tenant + "\"", "a tenant with a key under gateway.keys");
            }
            budgets.add(new TokenBudget(
                    tenant,
                    budget.get("tokens").longFrom(1),
                    budget.get("per").positiveDuration(),
                    inference(tenant, budget)));
        });
        return budgets;
    }

    /** The served model of a tenant: as told, else the one whose usual tenant it is. */
    private String inference(String tenant, Cursor budget) {
        List<Cursor> served = root.get("inference").items();
        Optional<Cursor> told = budget.find("inference");
        Optional<String> found = served.stream()
                .filter(each -> told.isPresent()
                        ? each.get("name").text().equals(told.get().text())
                        : each.get("tenant").text().equals(tenant))
                .map(each -> each.get("name").text())
                .findFirst();
        if (found.isEmpty()) {
            told.ifPresentOrElse(
                    name -> name.complain("the name of a served model under inference"),
                    () -> budget.complain(
                            "the key \"inference\": no served model names the tenant \"" + tenant + "\""));
        }
        return found.orElse("-");
    }

    /** Records that are elsewhere than in pods' logs cannot be read yet. */
    Optional<Audit> audit() {
        Cursor audit = gateway.get("audit");
        return audit.find("workload").map(workload -> {
            Map<AuditField, String> fields = new EnumMap<>(AuditField.class);
            for (AuditField field : AuditField.values()) {
                audit.get("fields").find(field.id()).ifPresent(name -> fields.put(field, name.text()));
            }
            return new Audit(ProfileParts.workload(workload), fields);
        });
    }
}
