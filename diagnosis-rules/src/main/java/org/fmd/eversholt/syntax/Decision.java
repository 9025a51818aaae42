// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * A point where our language or engine leaves the reference's behaviour, each under its stable number.
 *
 * <p>Q1 to Q23 are the quirk register of the Eversholt reference (§10); L1 to L11 are smaller departures named in
 * its sections 1 to 5. {@code docs/language-decisions.md} lists the same set with the reasons.
 */
public enum Decision {
    RESOLVE_NAMES_AT_END("Q1", "order of declarations matters", "names are resolved after everything is read"),
    REFUSE_OVERFLOW("Q2", "numbers saturate", "a number beyond 64 bits is an error"),
    REFUSE_IF("Q3", "the condition of if is ignored", "if is an error"),
    C_CONDITIONAL("Q4", "':' binds tighter than '?' and may be missing", "C's conditional, ':' required"),
    ANY_WORD_IN_CLASS("Q5", "some words and leading digits not allowed in class components", "allowed"),
    FOLD_CONSTANTS("Q6", "arithmetic in properties, N and K is refused or fatal", "constants are folded"),
    DEFECT_LIKE_FAULT("Q7", "message, retire, response, count, action not allowed on defect", "allowed"),
    STRUCTURED_ENGINE_KEY("Q8", "a SERD suffix is glued to the class", "class and suffix are kept apart"),
    K_ALL_MEANS_ALL("Q9", "K=A and K=0 mean at most one, causes optional", "K=A means all, K=0 is an error"),
    WARN_MASK("Q10", "mask is ignored", "mask is ignored with a warning"),
    WARN_TEXT_AS_CONDITION("Q11", "any string or path is true", "the same, with a warning"),
    FORGET_REJECTED_TRIALS("Q12", "verdicts of a rejected trial stay", "a rejected trial leaves no trace"),
    KLEENE_AT_RUN_TIME("Q13", "an unknown left side hides a false right side", "three-valued at both times"),
    UNDEFINED_PROPAGATES("Q14", "an undefined operand aborts", "undefined propagates and ends as false"),
    REFUSE_UNBOUND_ITERATOR("Q15", "a misspelt iterator is 0", "it is an error"),
    SIDE_EFFECTS_ON_ACCEPTANCE("Q16", "side effects may be missed", "they run when the suspect is accepted"),
    WINDOW_RANGES("Q17", "two-argument within is broken, 0s means unspecified", "both work, 0 means no wait"),
    ALL_PROPERTIES_VISIBLE("Q18", "properties are visible on used components only", "all are visible"),
    COUNT_LIVE_ARROWS("Q19", "an arrow known false counts for N", "only arrows not known false count"),
    REUSE_CAUSE_RESULTS("Q20", "each cause is examined once per pass", "its result is remembered and reused"),
    UNIFORM_HESITATION("Q21", "hesitation depends on list order", "one deadline for all"),
    WIDE_CERTAINTY("Q22", "32-bit certainty arithmetic", "64-bit, the same rounding"),
    RESET_FED_ENGINES("Q23", "repair resets engines by exact path", "it resets the engines that fed the suspect"),
    LINE_COMMENTS("L1", "'//' is two division signs", "'//' begins a comment, with a warning"),
    STRING_ESCAPES("L2", "backslashes stay in strings", "\\\" \\\\ \\n \\t are escapes"),
    REFUSE_UNKNOWN_FUNCTION("L3", "an unknown function is a warning, envprop fails at run time", "both are errors"),
    REFUSE_TIGHT_CYCLE("L4", "allow_cycles permits any cycle", "a cycle without an N=0 arrow is an error"),
    CHECK_MORE("L5", "many mistakes are not looked for", "the additional checks run"),
    PLACE_EVERY_ISSUE("L6", "cycles and preprocessor failures have no line", "every issue has its place"),
    MERGE_DECLARATIONS("L7", "braces and the discard flag of a repeated declaration are lost", "they are merged too"),
    PASTE_AND_QUOTE("L8", "'##' and '#param' mean nothing", "they paste and quote"),
    RESUME_AT_STATEMENT("L9", "after a syntax error all is skipped to ';'", "a line that begins a statement is read"),
    QUIET_AFTER_SYNTAX_ERROR("L10", "names used only in a lost statement are called unused", "they are not"),
    PRUNE_ALL_SOURCES("L11", "of several sources of one arrow only the last leads to a rule", "all do");

    private final String id;
    private final String reference;
    private final String ours;

    Decision(String id, String reference, String ours) {
        this.id = id;
        this.reference = reference;
        this.ours = ours;
    }

    /** The stable number, {@code Q13}. */
    public String id() {
        return id;
    }

    /** What the reference does. */
    public String reference() {
        return reference;
    }

    /** What we do where the decision is in force. */
    public String ours() {
        return ours;
    }
}
