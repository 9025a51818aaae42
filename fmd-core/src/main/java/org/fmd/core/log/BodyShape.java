// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.Arrays;

/**
 * Cuts a body into its shape, the text that many bodies have in common, and its values. The shape is the body with the byte FF,
 * which no UTF-8 has, in place of each value: the text between quotation marks unless it is the name of a member, and each word.
 *
 * <pre>
 *   {"class":"ereport.a","n:uint8":17,"ok":true}      {"class":"␡","n:uint8":␡,"ok":␡}      ereport.a, 17, true
 * </pre>
 *
 * <p>A body with an FF of its own, or with very many values, is one value. Not thread-safe.
 */
final class BodyShape {

    static final byte HOLE = (byte) 0xFF;

    private static final int MAX_VALUES = 2000;

    private byte[] body = {};
    private final Packed shape = new Packed();
    private int[] froms = new int[64];
    private int[] tos = new int[64];
    private int count;

    void cut(byte[] text) {
        body = text;
        shape.clear();
        count = 0;
        if (indexOfHole(text) >= 0) {
            whole();
            return;
        }
        BodyTokens tokens = new BodyTokens(text);
        int after = 0;
        for (BodyTokens.Kind kind = tokens.next(); kind != BodyTokens.Kind.END; kind = tokens.next()) {
            if (kind == BodyTokens.Kind.NAME) {
                continue;
            }
            if (count == MAX_VALUES) {
                whole();
                return;
            }
            add(tokens.from(), tokens.to());
            shape.put(text, after, tokens.from()).put1(HOLE);
            after = tokens.to();
        }
        shape.put(text, after, text.length);
    }

    private void whole() {
        shape.clear();
        shape.put1(HOLE);
        count = 0;
        add(0, body.length);
    }

    private void add(int from, int to) {
        if (count == froms.length) {
            froms = Arrays.copyOf(froms, 2 * count);
            tos = Arrays.copyOf(tos, 2 * count);
        }
        froms[count] = from;
        tos[count++] = to;
    }

    private static int indexOfHole(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == HOLE) {
                return i;
            }
        }
        return -1;
    }

    byte[] shape() {
        return shape.toBytes();
    }

    int count() {
        return count;
    }

    byte[] value(int index) {
        return Arrays.copyOfRange(body, froms[index], tos[index]);
    }

    /** Whether a value is a number as we would write it: decimal, below 2^64, no sign, no leading zero. */
    static boolean isNumber(byte[] text) {
        if (text.length == 0 || text.length > 20 || (text[0] == '0' && text.length > 1)) {
            return false;
        }
        for (byte b : text) {
            if (b < '0' || b > '9') {
                return false;
            }
        }
        return text.length < 20 || Arrays.compare(text, LARGEST) <= 0;
    }

    private static final byte[] LARGEST = {
        '1', '8', '4', '4', '6', '7', '4', '4', '0', '7', '3', '7', '0', '9', '5', '5', '1', '6', '1', '5'
    };

    static long number(byte[] text) {
        long value = 0;
        for (byte b : text) {
            value = 10 * value + (b - '0');
        }
        return value;
    }

    /** Appends a number in decimal. */
    static void putNumber(Packed out, long value) {
        if (value >= 0 && value < 10) {
            out.put1('0' + (int) value);
            return;
        }
        long ten = Long.divideUnsigned(value, 10);
        putNumber(out, ten);
        out.put1('0' + (int) (value - 10 * ten));
    }
}
