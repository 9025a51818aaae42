// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** A {@code #pragma} or {@code #ident} line: {@code word} is its first word ({@code ident} for {@code #ident}), {@code rest} the trimmed remainder. */
public record Pragma(String word, String rest, Span span) implements Node {}
