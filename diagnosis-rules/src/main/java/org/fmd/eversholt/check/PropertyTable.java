// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Property;
import org.jspecify.annotations.Nullable;

/** The properties each kind of declaration may have, and the merging of those of repeated declarations. */
final class PropertyTable {
    private static final Map<String, PropertyType> FAULT = Map.ofEntries(
            Map.entry("FITrate", PropertyType.NUMBER_OR_CALL),
            Map.entry("FRU", PropertyType.FRU),
            Map.entry("ASRU", PropertyType.ASRU),
            Map.entry("engine", PropertyType.SERD),
            Map.entry("count", PropertyType.STAT),
            Map.entry("message", PropertyType.NUMBER_OR_CALL),
            Map.entry("retire", PropertyType.NUMBER_OR_CALL),
            Map.entry("response", PropertyType.NUMBER_OR_CALL),
            Map.entry("action", PropertyType.CALL));
    private static final Map<String, PropertyType> DEFECT = Map.of(
            "FITrate", PropertyType.NUMBER_OR_CALL,
            "FRU", PropertyType.FRU,
            "ASRU", PropertyType.ASRU,
            "engine", PropertyType.SERD);
    private static final Map<String, PropertyType> UPSET = Map.of("engine", PropertyType.SERD);
    private static final Map<String, PropertyType> ERROR = Map.of("ASRU", PropertyType.ASRU);
    private static final Map<String, PropertyType> EREPORT = Map.of(
            "poller", PropertyType.WORD,
            "delivery", PropertyType.TIME,
            "discard_if_config_unknown", PropertyType.NUMBER);
    private static final Map<String, PropertyType> SERD = Map.of(
            "N", PropertyType.NUMBER,
            "T", PropertyType.TIME,
            "method", PropertyType.METHOD,
            "trip", PropertyType.TRIP,
            "id", PropertyType.GLOBAL,
            "FRU", PropertyType.FRU);

    /** A property with its value checked, arithmetic worked out. */
    record Value(Property property, Expr value) {}

    private final Context context;

    PropertyTable(Context context) {
        this.context = context;
    }

    /** What declarations of a kind may have in a dialect; nothing for kinds without properties. */
    static Map<String, PropertyType> allowed(String kind, Dialect dialect) {
        return switch (kind) {
            case "fault" -> FAULT;
            case "defect" -> dialect.has(Decision.DEFECT_LIKE_FAULT) ? FAULT : DEFECT;
            case "upset" -> UPSET;
            case "error" -> ERROR;
            case "ereport" -> EREPORT;
            case "serd" -> SERD;
            default -> Map.of();
        };
    }

    /** Checks one list of properties; what is in order goes into {@code into}. */
    void check(String kind, List<Property> properties, Map<String, Value> into) {
        Map<String, PropertyType> allowed = allowed(kind, context.dialect());
        for (Property property : properties) {
            PropertyType type = allowed.get(property.name());
            if (type == null) {
                refuse(kind, property, allowed);
                continue;
            }
            Expr value = property.value();
            boolean number = type == PropertyType.NUMBER || type == PropertyType.NUMBER_OR_CALL;
            if (number && value instanceof Expr.Binary && context.has(Decision.FOLD_CONSTANTS)) {
                Expr.Num folded = Folding.fold(value, context);
                if (folded == null) {
                    continue;
                }
                value = folded;
            }
            if (!type.fits(value)) {
                context.add(
                        type == PropertyType.FRU || type == PropertyType.ASRU
                                ? IssueCode.UNIT_UNDECLARED
                                : type == PropertyType.TRIP ? IssueCode.TRIP : IssueCode.PROPERTY_TYPE,
                        property.span(),
                        "property " + property.name() + " must be " + type.words() + timeHint(type, value));
                continue;
            }
            merge(property, value, into);
        }
    }

    private static String timeHint(PropertyType type, Expr value) {
        return type == PropertyType.TIME && value instanceof Expr.Num
                ? "; write a unit, for example " + value + "s"
                : "";
    }

    private void refuse(String kind, Property property, Map<String, PropertyType> allowed) {
        List<String> names = new ArrayList<>(allowed.keySet());
        names.sort(null);
        String hint = NearNames.hint(property.name(), names);
        if (hint.isEmpty()) {
            hint = names.isEmpty() ? "; it takes none" : "; allowed are " + String.join(", ", names);
        }
        context.add(
                IssueCode.PROPERTY_NOT_ALLOWED,
                property.nameSpan(),
                "property " + property.name() + " is not allowed for " + kind + hint);
    }

    private void merge(Property property, Expr value, Map<String, Value> into) {
        Value old = into.putIfAbsent(property.name(), new Value(property, value));
        if (old != null && !same(old.value(), value)) {
            context.add(
                    IssueCode.PROPERTY_CONFLICT,
                    property.span(),
                    "property " + property.name() + " is declared again with another value",
                    new Issue.Note("first declared here", old.property().span()));
        }
    }

    /** Numbers, times, names and event names can be compared; in the reference nothing else is ever equal. */
    private boolean same(Expr a, Expr b) {
        if (a instanceof Expr.Num x && b instanceof Expr.Num y) {
            return x.value() == y.value();
        }
        if (a instanceof Expr.Time x && b instanceof Expr.Time y) {
            return x.nanos() == y.nanos();
        }
        boolean comparable =
                a instanceof Expr.PathValue || a instanceof Expr.EventValue || context.has(Decision.CHECK_MORE);
        return comparable
                && Objects.equals(a.getClass(), b.getClass())
                && a.toString().equals(b.toString());
    }

    /** The properties of a {@code config} statement: any name, strings. */
    Map<String, String> config(List<Property> properties) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Property> seen = new HashMap<>();
        for (Property property : properties) {
            if (!(property.value() instanceof Expr.Str str)) {
                context.add(
                        IssueCode.PROPERTY_TYPE,
                        property.span(),
                        "property " + property.name() + " of config must be a string");
                continue;
            }
            Property old = seen.putIfAbsent(property.name(), property);
            @Nullable String before = values.put(property.name(), str.value());
            if (old != null && before != null && !before.equals(str.value())) {
                context.more(
                        IssueCode.PROPERTY_CONFLICT,
                        property.span(),
                        "property " + property.name() + " is given twice with different values",
                        new Issue.Note("first given here", old.span()));
            }
        }
        return values;
    }
}
