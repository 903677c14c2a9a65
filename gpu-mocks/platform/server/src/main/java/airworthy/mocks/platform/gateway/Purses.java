package airworthy.mocks.platform.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What all tenants may spend, did spend and were refused for. Thread-safe. */
final class Purses {

    private final List<Purse> purses;
    private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> tokens = new ConcurrentSkipListMap<>();

    Purses(List<Budget> budgets, InstantSource clock) {
        this.purses = budgets.stream().map(budget -> new Purse(budget, clock)).toList();
        // a series that is there from the start shows its first growth
        budgets.forEach(budget -> budget.of().forEach(tenant -> refusals.put(tenant, new LongAdder())));
    }

    /** How long a tenant is refused; empty if it is not. A refusal is counted. */
    Optional<Duration> refusal(String tenant) {
        Optional<Duration> empty = of(tenant).flatMap(Purse::emptyFor);
        empty.ifPresent(wait ->
                refusals.computeIfAbsent(tenant, absent -> new LongAdder()).increment());
        return empty;
    }

    void spend(String tenant, Tokens used) {
        tokens.computeIfAbsent(tenant, absent -> new LongAdder()).add((long) used.prompt() + used.completion());
        of(tenant).ifPresent(purse -> purse.spend(used));
    }

    private Optional<Purse> of(String tenant) {
        return purses.stream()
                .filter(purse -> purse.budget().of().contains(tenant))
                .findFirst();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        head(out, "gateway_tenant_tokens_total", "counter", "Tokens of prompts and answers, as metered.");
        tokens.forEach((tenant, sum) -> line(out, "gateway_tenant_tokens_total", tenant, sum.sum()));
        head(out, "gateway_budget_limit", "gauge", "What a tenant may spend in a window.");
        each(out, "gateway_budget_limit", true);
        head(out, "gateway_budget_spent", "gauge", "What was spent of it in the present window.");
        each(out, "gateway_budget_spent", false);
        head(out, "gateway_budget_refusals_total", "counter", "Requests refused because the budget was spent.");
        refusals.forEach((tenant, sum) -> line(out, "gateway_budget_refusals_total", tenant, sum.sum()));
        return out.toString();
    }

    private void each(StringBuilder out, String name, boolean limit) {
        for (Purse purse : purses) {
            for (String tenant : purse.budget().of()) {
                line(out, name, tenant, limit ? purse.budget().limit() : purse.spent());
            }
        }
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
    }

    private static void line(StringBuilder out, String name, String tenant, long value) {
        out.append("%s{tenant=\"%s\"} %d\n".formatted(name, tenant, value));
    }
}
