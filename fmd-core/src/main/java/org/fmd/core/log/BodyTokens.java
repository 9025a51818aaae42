// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;

/**
 * Cuts JSON text into what holds values and what holds them together. Takes any bytes: what is no JSON gives tokens that mean
 * nothing, and never an error. Not thread-safe.
 */
final class BodyTokens {

    /** What a token is. */
    enum Kind {
        /** The name of a member: the text between quotation marks that a colon follows. */
        NAME,
        /** The text between other quotation marks. */
        STRING,
        /** A number, or anything else made of digits, letters, signs and points. */
        WORD,
        /** No further token. */
        END
    }

    private final byte[] text;
    private final int end;
    private int at;
    private int from;
    private int to;

    BodyTokens(byte[] text) {
        this(text, 0, text.length);
    }

    BodyTokens(byte[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /** First byte of the token, quotation marks left out. */
    int from() {
        return from;
    }

    /** First byte behind the token. */
    int to() {
        return to;
    }

    Kind next() {
        while (at < end) {
            byte here = text[at];
            if (here == '"') {
                return quoted();
            }
            if (isWord(here)) {
                from = at;
                while (at < end && isWord(text[at])) {
                    at++;
                }
                to = at;
                return Kind.WORD;
            }
            at++;
        }
        from = end;
        to = end;
        return Kind.END;
    }

    private Kind quoted() {
        from = ++at;
        while (at < end && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        if (at >= end) { // never closed
            at = end;
            to = end;
            return Kind.STRING;
        }
        to = at++;
        return at < end && text[at] == ':' ? Kind.NAME : Kind.STRING;
    }

    private static boolean isWord(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '-'
                || b == '+'
                || b == '.';
    }

    /** The token as text, with the escapes of JSON taken out of a string. */
    String asText() {
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        return raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    }

    private static String unescaped(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                plain.append(c);
                continue;
            }
            c = raw.charAt(++i);
            switch (c) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    int code = i + 5 <= raw.length() ? hex(raw, i + 1) : -1;
                    if (code < 0) {
                        plain.append('u');
                    } else {
                        plain.append((char) code);
                        i += 4;
                    }
                }
                default -> plain.append(c);
            }
        }
        return plain.toString();
    }

    private static int hex(String raw, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = 16 * code + digit;
        }
        return code;
    }
}
