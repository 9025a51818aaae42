// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes random constraints for the events of one statement. */
final class Guards {
    private static final Pattern ITERATOR = Pattern.compile("[\\[<]([a-z][a-z0-9]*)[]>]");

    private final Dice dice;
    private final boolean ours;
    private final List<String> paths;
    private final List<RandomRules.Declared> problems;
    private final List<RandomRules.Declared> stats;
    private final List<String> iterators = new ArrayList<>();

    /** For a statement whose events have these paths, iterators included. */
    Guards(
            Dice dice,
            boolean ours,
            List<String> paths,
            List<RandomRules.Declared> problems,
            List<RandomRules.Declared> stats) {
        this.dice = dice;
        this.ours = ours;
        this.paths = paths;
        this.problems = problems;
        this.stats = stats;
        for (String path : paths) {
            Matcher matcher = ITERATOR.matcher(path);
            while (matcher.find()) {
                iterators.add(matcher.group(1));
            }
        }
    }

    /** The items for one event, often none; {@code problem}: it may set things, {@code published}: values too. */
    List<String> items(boolean problem, boolean published) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < dice.of(0, 0, 0, 0, 0, 1, 1, 2); i++) {
            items.add(condition(2));
        }
        if (problem && dice.one(3)) {
            items.add(set(published));
        }
        return items;
    }

    private String set(boolean published) {
        String member = dice.of("k", "s", "where", "deep.x");
        String value = dice.one(4) ? dice.of("\"z\"", "7", "cat(\"n\", 17)") : "payloadprop(\"" + member + "\")";
        String set = switch (dice.upTo(published ? 7 : 4)) {
            case 0 -> "setserdsuffix(" + value + ")";
            case 1 -> "setserdn(" + dice.of("0", "1", "2", value) + ")";
            case 2 -> "setserdt(" + dice.of("1m", "\"20s\"", "2000000000", value) + ")";
            case 3 -> "setserdincrement(" + dice.of("0", "2", "2", value) + ")";
            default -> "setpayloadprop(\"" + dice.of("v", "w", "offset") + "\", " + value + ")";
        };
        return switch (dice.upTo(4)) {
            case 0 -> "payloadprop_defined(\"" + member + "\") && " + set;
            case 1 -> "(!payloadprop_defined(\"" + member + "\") || " + set + ")";
            case 2 -> "(" + condition(0) + " || " + set + ")";
            default -> set;
        };
    }

    private String condition(int depth) {
        if (depth > 0 && dice.one(4)) {
            String left = condition(depth - 1);
            String right = condition(depth - 1);
            return switch (dice.upTo(4)) {
                case 0 -> "(" + left + " && " + right + ")";
                case 1 -> "(" + left + " || " + right + ")";
                case 2 -> "!(" + left + ")";
                default -> "((" + left + ") ? (" + right + ") : (" + condition(0) + "))";
            };
        }
        return switch (dice.upTo(16)) {
            case 0, 1, 2 -> aboutText();
            case 3, 4, 5, 6 -> aboutNumber();
            case 7 -> aboutGlobal();
            case 8, 9, 10, 11 -> aboutMachine();
            case 12 -> aboutHistory();
            case 13 -> aboutIterators();
            case 14 -> aboutMore();
            default -> dice.of("payloadprop_defined(\"k\")", "payloadprop_defined(\"s\")", "1");
        };
    }

    private String aboutText() {
        String word = dice.of("\"fatal\"", "\"fatal\"", "\"a\"", "\"b\"");
        String contains = "payloadprop_contains(\"s\", " + word + ")";
        return switch (dice.upTo(5)) {
            case 0 -> "!" + contains;
            case 1 -> guarded("s", "payloadprop(\"s\") " + dice.of("==", "!=") + " " + word);
            default -> contains;
        };
    }

    /** Where a missing member would stop the reference engine, mostly a guard says so. */
    private String guarded(String member, String condition) {
        return dice.one(ours ? 3 : 30) ? condition : "(payloadprop_defined(\"" + member + "\") && " + condition + ")";
    }

    private String aboutNumber() {
        String k = "payloadprop(\"k\")";
        return guarded(
                "k",
                switch (dice.upTo(9)) {
                    case 0 -> k + " - 1 == 1";
                    case 1 -> k + " % 2 == 0";
                    case 2 -> "6 / " + k + " == 3";
                    case 3 -> "(" + k + " & 1)";
                    case 4 -> k;
                    case 5 -> "~" + k + " > 5";
                    default -> k + " " + dice.of("==", "!=", "<", "<=", ">", ">=") + " " + dice.upTo(4);
                });
    }

    private String aboutGlobal() {
        return switch (dice.upTo(6)) {
            case 0 -> "($g = " + dice.upTo(3) + ")";
            case 1 -> "defined($g)";
            case 2 -> "$h > 1";
            case 3 -> guarded("k", "($h == payloadprop(\"k\"))");
            default -> guarded("k", "($g == payloadprop(\"k\") + 1)");
        };
    }

    /** A path of some event of the statement or the beginning of one, so that its numbers are known; else a fixed one. */
    private String path() {
        if (dice.one(8)) {
            return dice.of("c[0]", "c[0]/b[1]", "c[0]/p[0]", "c[0]/b[0]/d[0]");
        }
        String path = dice.of(paths);
        String[] steps = path.split("/");
        String beginning =
                String.join("/", List.of(steps).subList(0, dice.one(3) ? 1 + dice.upTo(steps.length) : steps.length));
        return dice.one(8) ? beginning + dice.of("/d[0]", "/b[1]", "/p[0]") : beginning;
    }

    private String aboutMachine() {
        return switch (dice.upTo(10)) {
            case 0, 1 -> "confprop(" + path() + ", \"model\") == \"x\"";
            case 2, 3 -> "confprop(" + path() + ", \"num\") " + dice.of("==", ">", "<=") + " " + dice.upTo(3);
            case 4 -> "confprop_defined(" + path() + ", \"" + dice.of("model", "num") + "\")";
            case 5 -> "is_present(" + path() + ")";
            case 6 -> "is_under(" + path() + ", " + path() + ")";
            case 7 -> "is_connected(" + path() + ", " + path() + ")";
            case 8 -> "is_on(" + path() + ")";
            default -> "is_type(" + path() + ") == \"t\"";
        };
    }

    private String aboutHistory() {
        if (!stats.isEmpty() && dice.one(2)) {
            RandomRules.Declared stat = dice.of(stats);
            String last = stat.path().substring(stat.path().lastIndexOf('/') + 1);
            for (String path : paths) {
                int at = path.indexOf(last);
                if (at >= 0 && (path.length() == at + 1 || path.charAt(at + 1) == '/')) {
                    String beginning = path.substring(0, at + 1);
                    if (beginning.matches(stat.path())) {
                        return "count(" + stat.eventClass() + "@" + beginning + ") " + dice.of("<", ">=", "==") + " "
                                + dice.upTo(3);
                    }
                }
            }
        }
        String fault = dice.of("", "fault.*", dice.of(problems).eventClass(), "defect.*", "fault.*.f0", "fault.eft.*");
        return dice.of("", "!") + "has_fault(" + path() + ", \"" + fault + "\")";
    }

    private String aboutIterators() {
        if (iterators.isEmpty()) {
            return "1 == 1";
        }
        String iterator = dice.of(iterators);
        return dice.one(2)
                ? iterator + dice.of(" == ", " != ", " < ", " >= ") + dice.upTo(3)
                : iterator + dice.of(" == ", " != ", " < ") + dice.of(iterators);
    }

    private String aboutMore() {
        return switch (dice.upTo(8)) {
            case 0 -> guarded("where", "payloadprop(\"where\") == asru(" + path() + ")");
            case 1 -> "payloadprop_defined(\"deep.x\") && payloadprop(\"deep.x\") == " + dice.of("1", "\"a\"");
            case 2 -> "payloadprop_contains(\"list\", " + dice.of("1", "2", "\"b\"") + ")";
            case 3 -> guarded("list[1]", "payloadprop(\"list[1]\") == " + dice.of("2", "\"b\"", "1"));
            case 4 -> guarded("s", "cat(payloadprop(\"s\"), 16) == \"a10\"");
            case 5 -> guarded("deep.more.y", "payloadprop(\"deep.more.y\") == 2");
            case 6 -> "payloadprop_defined(\"list\")";
            default -> guarded("where", "payloadprop_contains(\"where\", asru(" + path() + "))");
        };
    }
}
