// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * The stable code of every message, {@code ESC101}. 100s: text and syntax; 200s: properties; 300s: propagations;
 * 400s: expressions; 500s: the program as a whole; 600s: mistakes the reference does not look for (eversholt
 * reference §5, "checked by us"); 700s: what the analysis of an accepted program finds (docs/analysis.md); 750s: what
 * contradicts the event registry. A code keeps its meaning for ever; numbers are never used again.
 */
public enum IssueCode {
    SYNTAX(101, Severity.ERROR, "syntax error"),
    TEXT(102, Severity.ERROR, "unterminated or overlong text"),
    TIME_UNIT(103, Severity.ERROR, "unknown time unit"),
    EVENT_KIND(104, Severity.ERROR, "class does not begin with a known kind"),
    PATH_MISSING(105, Severity.ERROR, "event without a path"),
    ITERATOR_IN_DECLARATION(106, Severity.ERROR, "named iterator in a declaration"),
    ITERATOR_FORM(107, Severity.ERROR, "iterator is not a name, a number or arithmetic"),
    CONFIG_NUMBER(108, Severity.ERROR, "config component without a number"),
    IF_STATEMENT(109, Severity.ERROR, "conditional statement"),
    DIRECTIVE(110, Severity.ERROR, "bad preprocessor directive"),
    MACRO(111, Severity.ERROR, "bad macro definition or use"),
    INCLUDE(112, Severity.ERROR, "file cannot be included"),
    NUMBER_RANGE(113, Severity.ERROR, "number beyond 64 bits"),
    LIMIT(114, Severity.ERROR, "program too large"),
    MACRO_REDEFINED(115, Severity.WARNING, "macro defined again with another body"),
    LINE_COMMENT(116, Severity.WARNING, "line comment"),
    STRING_ESCAPE(117, Severity.WARNING, "unknown escape in a string"),
    BLANK_IN_NAME(118, Severity.WARNING, "blank inside a name"),
    PROPERTY_NOT_ALLOWED(201, Severity.ERROR, "property not allowed for this kind"),
    PROPERTY_CONFLICT(202, Severity.ERROR, "property declared again with another value"),
    PROPERTY_TYPE(203, Severity.ERROR, "property value of the wrong type"),
    UNIT_UNDECLARED(204, Severity.ERROR, "FRU or ASRU is not a declared path"),
    TRIP(205, Severity.ERROR, "trip is not a declared ereport"),
    ENGINE_UNDECLARED(206, Severity.ERROR, "engine is not declared"),
    ENGINE_INCOMPLETE(207, Severity.ERROR, "SERD engine lacks N or T"),
    CONSTANT(208, Severity.ERROR, "constant expression has no value"),
    PROBLEM_ON_RIGHT(301, Severity.ERROR, "problem on the right of an arrow"),
    EREPORT_ON_LEFT(302, Severity.ERROR, "ereport on the left of an arrow"),
    EVENT_UNDECLARED(303, Severity.ERROR, "event is not declared"),
    ENGINE_IN_ARROW(304, Severity.ERROR, "engine in an arrow"),
    COUNT_FORM(305, Severity.ERROR, "N or K is not a number or A"),
    CASCADE_LIST(306, Severity.ERROR, "list inside a cascade"),
    ITERATOR_UNBOUND(307, Severity.ERROR, "path in a constraint is not tied to an event"),
    COUNT_ZERO(308, Severity.ERROR, "K of 0"),
    ASSIGNMENT(401, Severity.ERROR, "assignment to something that is not a global"),
    WITHIN(402, Severity.ERROR, "bad argument of within"),
    ARGUMENT(403, Severity.ERROR, "argument of the wrong shape"),
    FUNCTION_UNKNOWN(404, Severity.ERROR, "unknown function"),
    VARIABLE_UNKNOWN(405, Severity.ERROR, "unknown iterator variable"),
    UNUSED(501, Severity.WARNING, "declared and never used"),
    CYCLE(502, Severity.ERROR, "cycle of errors"),
    COUNT_UNREACHABLE(601, Severity.WARNING, "N or K larger than the number of arrows"),
    TEXT_AS_CONDITION(602, Severity.WARNING, "string or path used as a condition"),
    WITHIN_NESTED(603, Severity.WARNING, "within inside an expression"),
    DECLARATION_CONSTRAINT(604, Severity.WARNING, "constraint on a declaration"),
    SIDE_EFFECT_LOST(605, Severity.WARNING, "set function on an arrow that leaves no problem"),
    PAYLOAD_ON_UPSET(606, Severity.WARNING, "setpayloadprop on an upset"),
    TRIP_MISSING(607, Severity.WARNING, "upset's engine without trip"),
    TRIP_IGNORED(608, Severity.WARNING, "fault's engine with trip"),
    PATH_OUTSIDE(609, Severity.ERROR, "property path is not inside the event's path"),
    COUNTER_UNDECLARED(610, Severity.ERROR, "stat engine is not declared"),
    EREPORT_UNREACHABLE(611, Severity.WARNING, "no problem can reach the ereport"),
    PROBLEM_MUTE(612, Severity.WARNING, "problem reaches no ereport"),
    PAYLOAD_UNGUARDED(613, Severity.NOTE, "payload member compared without a guard"),
    PROPAGATION_REPEATED(614, Severity.WARNING, "propagation written twice"),
    MASK(615, Severity.WARNING, "mask has no effect"),
    WITHIN_USELESS(616, Severity.WARNING, "within on an event that is no target"),
    PROPERTY_USELESS(617, Severity.NOTE, "property without effect"),
    PRAGMA_UNKNOWN(618, Severity.NOTE, "unknown pragma"),
    PROBLEM_BLOCKED(701, Severity.WARNING, "every way from the problem to an ereport is closed"),
    EREPORT_BLOCKED(702, Severity.WARNING, "every way from a problem to the ereport is closed"),
    PROBLEM_UNPOSTED(703, Severity.WARNING, "problem leads only to ereports nobody posts"),
    SUSPECTS_ALIKE(704, Severity.NOTE, "problems that always come together"),
    SUSPECT_DOMINATED(705, Severity.NOTE, "problem that never stands alone"),
    GUARD_NEVER(706, Severity.WARNING, "constraint that can never be true"),
    REPORT_UNCOVERED(707, Severity.WARNING, "constraints leave a report that nothing explains"),
    COUNT_NEVER(708, Severity.WARNING, "N larger than what can follow"),
    PATHS_UNTIED(709, Severity.WARNING, "paths of one statement that nothing ties together"),
    WAIT(710, Severity.NOTE, "how long a problem may wait"),
    PAYLOAD_OF_ERROR(711, Severity.WARNING, "constraint on the payload of an error"),
    PAYLOAD_UNKNOWN(750, Severity.WARNING, "payload member that the event registry does not know"),
    PAYLOAD_WORD(751, Severity.WARNING, "word that a payload member never is");

    private final int number;
    private final Severity severity;
    private final String summary;

    IssueCode(int number, Severity severity, String summary) {
        this.number = number;
        this.severity = severity;
        this.summary = summary;
    }

    /** {@code ESC101}. */
    public String id() {
        return "ESC" + number;
    }

    /** How bad it is unless the dialect or the program says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** What the code stands for, in a few words. */
    public String summary() {
        return summary;
    }
}
