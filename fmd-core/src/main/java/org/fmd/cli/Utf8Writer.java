// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Text as UTF-8, gathered until 32 KiB are together. What goes through whole logs prints millions of short lines in letters of ASCII:
 * these cost a third of what they cost the library's writer. Not thread-safe.
 */
final class Utf8Writer extends Writer {
    private static final int FULL = 32 << 10;

    private final OutputStream out;
    private final byte[] bytes = new byte[FULL];
    private int used;
    private char held;

    Utf8Writer(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        if (held != 0) {
            write(text.toCharArray(), from, length);
            return;
        }
        String part = length == text.length() ? text : text.substring(from, from + length);
        byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
        if (encoded.length == length && (length == 0 || part.charAt(length - 1) < 0x80)) {
            append(encoded); // ASCII; a half of a pair becomes one byte, too, but only at the end another half may
            // follow
        } else {
            writeOthers(part);
        }
    }

    private void append(byte[] encoded) throws IOException {
        if (encoded.length > FULL - used) {
            drain();
        }
        if (encoded.length > FULL) {
            out.write(encoded);
        } else {
            System.arraycopy(encoded, 0, bytes, used, encoded.length);
            used += encoded.length;
        }
    }

    @Override
    public void write(int c) throws IOException {
        if (held == 0 && c < 0x80) {
            if (used == FULL) {
                drain();
            }
            bytes[used++] = (byte) c;
        } else {
            write(new char[] {(char) c}, 0, 1);
        }
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        String rest = new String(text, from, length);
        if (held != 0 && length > 0) {
            rest = held + rest;
            held = 0;
            writeOthers(rest);
        } else {
            write(rest, 0, length);
        }
    }

    /** Any text; half of a pair at its end waits for the other. */
    private void writeOthers(String text) throws IOException {
        int end = text.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            held = text.charAt(--end);
        }
        append(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
    }

    private void drain() throws IOException {
        int length = used;
        used = 0;
        out.write(bytes, 0, length);
    }

    @Override
    public void flush() throws IOException {
        if (used > 0) {
            drain();
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (held != 0) {
            held = 0;
            write("?"); // as the library does
        }
        flush();
        out.close();
    }
}
