// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/** Why telemetry could not be diagnosed (eversholt reference §7.10). */
public enum Reason {
    NO_PATH("no-path-for-detector", "the detector leads to no component"),
    PATH_UNKNOWN("path-not-in-topology", "the component is not in the topology"),
    CLASS_AND_PATH("class-and-path-incompatible", "no rule expects this class from this kind of component"),
    EMPTY_GRAPH("empty-instance-tree", "no rule applies on this machine"),
    NOT_IN_GRAPH("event-not-in-instance-tree", "the rules for this class do not apply to this component"),
    DISPROVED("all-hypotheses-disproved", "no single problem explains what was seen"),
    TOO_MANY("too-many-open-exercises", "too many exercises are open");

    private final String word;
    private final String sentence;

    Reason(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** For programs. */
    public String word() {
        return word;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }
}
