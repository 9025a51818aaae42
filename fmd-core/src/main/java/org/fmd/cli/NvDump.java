// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/**
 * A list with all its members, a line each, as {@code fmdump -V} prints it (fmd reference §5.2): unsigned numbers hexadecimal, signed
 * ones decimal, lists inside the list indented between a line that names them and {@code (end NAME)}.
 */
final class NvDump {
    private final PrintWriter out;
    private final boolean pretty;

    /** Makes a printer; a pretty one prints an FMRI as its string. */
    NvDump(PrintWriter out, boolean pretty) {
        this.out = out;
        this.pretty = pretty;
    }

    void print(NvList list) {
        print(list, "");
    }

    private void print(NvList list, String indent) {
        out.print(indent + "nvlist version: 0\n");
        String inner = indent + "\t";
        for (Map.Entry<String, NvValue> member : list.asMap().entrySet()) {
            printMember(member.getKey(), member.getValue(), inner);
        }
    }

    private void printMember(String name, NvValue value, String indent) {
        if (value instanceof NvValue.Nested nested && !isPrintedAsText(nested.value())) {
            out.print(indent + name + " = (embedded nvlist)\n");
            print(nested.value(), indent);
            out.print(indent + "(end " + name + ")\n\n");
        } else if (value instanceof NvValue.NestedLists lists) {
            out.print(indent + name + " = (array of embedded nvlists)\n");
            for (int i = 0; i < lists.values().size(); i++) {
                String element = name + "[" + i + "]";
                out.print(indent + "(start " + element + ")\n");
                print(lists.values().get(i), indent);
                out.print(indent + "(end " + element + ")\n\n");
            }
        } else {
            out.print(indent + name + " = " + text(value) + "\n");
        }
    }

    private boolean isPrintedAsText(NvList list) {
        return pretty && list.contains("scheme");
    }

    private static String text(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Int number) {
            return number(number);
        }
        if (value instanceof NvValue.Bool truth) {
            return truth.value() ? "1" : "0";
        }
        if (value instanceof NvValue.Flag) {
            return "1";
        }
        if (value instanceof NvValue.Nested nested) {
            return Fmri.of(nested.value()).toString();
        }
        StringBuilder all = new StringBuilder();
        appendElements(all, value);
        return all.toString();
    }

    private static void appendElements(StringBuilder all, NvValue array) {
        if (array instanceof NvValue.Ints numbers) {
            for (NvValue.Int number : numbers.elements()) {
                append(all, number(number));
            }
        } else if (array instanceof NvValue.Strs texts) {
            append(all, texts.values());
        } else if (array instanceof NvValue.Bools truths) {
            for (boolean truth : truths.values()) {
                append(all, truth ? "1" : "0");
            }
        } else {
            throw new AssertionError("unhandled value: " + array.getClass());
        }
    }

    private static void append(StringBuilder all, List<String> elements) {
        for (String element : elements) {
            append(all, element);
        }
    }

    private static void append(StringBuilder all, String element) {
        all.append(all.length() == 0 ? "" : " ").append(element);
    }

    private static String number(NvValue.Int number) {
        return number.type().isSigned() ? number.decimal() : number.hex();
    }
}
