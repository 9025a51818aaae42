// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.model.fmri.Fmri;

/**
 * Why an engine concluded something, or did not: a sentence, and the sentences that it rests on.
 *
 * @param kind what the sentence is about
 * @param sentence for people, without a full stop
 * @param facts the same for programs: names as in the protocol where it has one, values that JSON can hold
 * @param because the reasons, in order
 */
public record Explanation(Kind kind, String sentence, Map<String, Object> facts, List<Explanation> because) {

    /** What a sentence is about. */
    public enum Kind {
        /** A case: who opened it, how it ended. */
        CASE("case"),
        /** A problem that was suspected. */
        SUSPECT("suspect"),
        /** A problem that was not suspected. */
        DROPPED("dropped"),
        /** What must follow from a problem. */
        OBLIGATION("obligation"),
        /** Something that was seen. */
        OBSERVATION("observation"),
        /** A condition in a rule. */
        CONSTRAINT("constraint"),
        /** A SERD engine. */
        ENGINE("engine"),
        /** Something that did not happen. */
        ABSENCE("absence"),
        /** Anything else that is worth knowing. */
        REMARK("remark");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For programs. */
        public String word() {
            return word;
        }
    }

    /** What can be asked. */
    public sealed interface Question {
        /** Why a case ended as it did. */
        record OfCase(UUID uuid) implements Question {}

        /** Why a problem was or was not diagnosed at a resource. */
        record OfProblem(String eventClass, Fmri resource) implements Question {}
    }

    public Explanation {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        because = List.copyOf(because);
    }

    /** A sentence that rests on nothing else. */
    public static Explanation of(Kind kind, String sentence, Map<String, Object> facts) {
        return new Explanation(kind, sentence, facts, List.of());
    }

    /** As lines, what a sentence rests on indented below it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        print(text, "");
        return text.toString();
    }

    private void print(StringBuilder text, String indent) {
        text.append(indent).append(sentence).append('\n');
        because.forEach(reason -> reason.print(text, indent + "  "));
    }

    /** As a value that JSON can hold: {@code kind}, {@code sentence}, the facts, {@code because}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind.word());
        map.put("sentence", sentence);
        map.putAll(facts);
        if (!because.isEmpty()) {
            map.put("because", because.stream().map(Explanation::toMap).toList());
        }
        return map;
    }
}
