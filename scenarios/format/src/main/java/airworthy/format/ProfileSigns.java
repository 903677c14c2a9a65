package airworthy.format;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.PlatformProfile.Alerts;
import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.PlatformProfile.RoleHolder;
import airworthy.model.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Converts how a platform tells who owns what and what its alerts mean.
 *
 * @param root the whole profile
 */
record ProfileSigns(Cursor root) {
    private static final List<Cause> CAUSES = List.of(Cause.values());
    private static final List<ReceiverKind> KINDS = List.of(ReceiverKind.values());

    Ownership ownership() {
        Cursor ownership = root.get("ownership");
        Map<Role, RoleHolder> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            ownership.get("roles").find(role.id()).ifPresent(holder -> roles.put(role, holder(holder)));
        }
        Map<String, Map<String, ReceiverKind>> receivers = new HashMap<>();
        ownership.get("receivers").entries().forEach((team, kinds) -> receivers.put(team, kinds(kinds)));
        return new Ownership(ownership.get("keys").texts(), roles, receivers);
    }

    Alerts alerts() {
        Cursor alerts = root.get("alerts");
        Map<Dimension, List<String>> labels = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            alerts.get("labels").find(dimension.id()).ifPresent(names -> labels.put(dimension, names.texts()));
        }
        Map<String, Cause> causes = new HashMap<>();
        alerts.get("causes").entries().forEach((alert, cause) -> causes.put(alert, cause.word(CAUSES, Cause::id)));
        return new Alerts(Set.copyOf(alerts.get("heartbeat").texts()), labels, causes);
    }

    private static RoleHolder holder(Cursor holder) {
        return holder.isMapping()
                ? new RoleHolder.ByKey(holder.get("key").text())
                : new RoleHolder.Teams(holder.texts());
    }

    private static Map<String, ReceiverKind> kinds(Cursor receivers) {
        Map<String, ReceiverKind> kinds = new HashMap<>();
        receivers
                .entries()
                .forEach((receiver, kind) ->
                        kinds.put(receiver, kind.word(KINDS, one -> one.name().toLowerCase(Locale.ROOT))));
        return Map.copyOf(kinds);
    }
}
