// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.scenario.Row.Word;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;

/** {@code NAME=VALUE}: a value is JSON where it begins like it, a number after {@code 0x}, and else the word itself. */
final class Members {
    private Members() {}

    /** The members in order; what is wrong is noted and left out. */
    static Map<String, Object> of(List<Word> words, List<Finding> findings) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Word word : words) {
            int equals = word.text().indexOf('=');
            if (equals <= 0) {
                findings.add(new Finding(word.span(), "expected NAME=VALUE"));
                continue;
            }
            String name = word.text().substring(0, equals);
            try {
                if (members.put(name, value(word.text().substring(equals + 1))) != null) {
                    findings.add(new Finding(word.span(), "a second '" + name + "'"));
                }
            } catch (IllegalArgumentException e) {
                findings.add(new Finding(word.span(), String.valueOf(e.getMessage())));
            }
        }
        return members;
    }

    private static Object value(String text) {
        if (text.matches("0x[0-9a-fA-F]{1,16}")) {
            BigInteger number = new BigInteger(text.substring(2), 16);
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }
        if (!text.matches("(?s)[\"\\[{].*|-?(?:0|[1-9][0-9]*)|true|false")) {
            return text;
        }
        try {
            Object value = Json.parse(text);
            return value == null ? text : value;
        } catch (JsonProblem e) {
            throw new IllegalArgumentException("'" + text + "' is no value: " + e.getMessage(), e);
        }
    }
}
