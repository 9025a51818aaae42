// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

/**
 * The pattern of {@code -c}, as a shell has it: {@code *} for any text (dots too), {@code ?} for one character, {@code [a-c]} and
 * {@code [!a-c]} for one of a set, a backslash before a character that stands for itself.
 */
record ClassGlob(String pattern) {

    boolean matches(String eventClass) {
        int star = -1;
        int retry = 0;
        int p = 0;
        int c = 0;
        while (c < eventClass.length()) {
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(p, eventClass.charAt(c)) : -1;
            if (next > 0) {
                p = next;
                c++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = c;
            } else if (star >= 0) {
                // The last star takes one character more.
                p = star + 1;
                c = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Matches one character; returns the place in the pattern behind what matched, -1 if it did not. */
    private int one(int at, char c) {
        char p = pattern.charAt(at);
        if (p == '?') {
            return at + 1;
        }
        if (p == '\\' && at + 1 < pattern.length()) {
            return pattern.charAt(at + 1) == c ? at + 2 : -1;
        }
        int end = p == '[' ? endOfSet(at) : -1;
        if (end < 0) {
            return p == c ? at + 1 : -1;
        }
        return inSet(at, end, c) ? end + 1 : -1;
    }

    /** Returns where the set ends that begins here, -1 if that is no set; a bracket that comes first belongs to it. */
    private int endOfSet(int at) {
        int first = at + 1;
        if (first < pattern.length() && pattern.charAt(first) == '!') {
            first++;
        }
        return first < pattern.length() ? pattern.indexOf(']', first + 1) : -1;
    }

    private boolean inSet(int at, int end, char c) {
        int i = at + 1;
        boolean negated = pattern.charAt(i) == '!';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < end) {
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 3;
            } else {
                found |= pattern.charAt(i) == c;
                i++;
            }
        }
        return found != negated;
    }
}
