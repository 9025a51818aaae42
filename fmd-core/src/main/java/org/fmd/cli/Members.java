// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object by name and type. A member that is missing or of another type counts as not told. */
record Members(Map<String, @Nullable Object> map) {

    @Nullable
    String text(String name) {
        return map.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    String textOr(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    long number(String name) {
        return map.get(name) instanceof Long number ? number : 0;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    boolean isFalse(String name) {
        return Boolean.FALSE.equals(map.get(name));
    }

    Instant time(String name) {
        return Times.parseUtc(textOr(name, "")).orElse(Instant.EPOCH);
    }

    Members object(String name) {
        return of(map.get(name));
    }

    List<Members> objects(String name) {
        List<Members> all = new ArrayList<>();
        for (Object element : list(name)) {
            all.add(of(element));
        }
        return all;
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (Object element : list(name)) {
            if (element instanceof String text) {
                all.add(text);
            }
        }
        return all;
    }

    int count(String name) {
        return list(name).size();
    }

    private List<?> list(String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    private static Members of(@Nullable Object value) {
        return new Members(value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
    }
}
