// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Optional;
import java.util.function.Function;

/**
 * The outcome of decoding what a device or the kernel said: the value, or a named problem. Undecodable input is
 * ordinary input, so nothing here throws; a caller that got a {@link Problem} counts it and keeps the octets.
 */
public sealed interface Decoded<T> permits Decoded.Value, Decoded.Problem {

    /** It decoded. */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * It did not decode.
     *
     * @param kind which rule the input broke
     * @param detail what was found, for a message: {@code "2 octets"}, {@code "response code 0x75"}
     */
    record Problem<T>(DecodeProblem kind, String detail) implements Decoded<T> {
        /** One line for a log: the rule, then what was found. */
        public String message() {
            return kind.sentence() + ": " + detail;
        }
    }

    /** Decoded to {@code value}. */
    static <T> Decoded<T> of(T value) {
        return new Value<>(value);
    }

    /** Not decoded, because of {@code kind}. */
    static <T> Decoded<T> problem(DecodeProblem kind, String detail) {
        return new Problem<>(kind, detail);
    }

    /** The value, or empty. */
    default Optional<T> toOptional() {
        return this instanceof Value<T> v ? Optional.of(v.value()) : Optional.empty();
    }

    /** The problem, or empty. */
    default Optional<Problem<T>> problem() {
        return this instanceof Problem<T> p ? Optional.of(p) : Optional.empty();
    }

    /** The next step of decoding, taken only if this one went well. */
    default <R> Decoded<R> then(Function<T, Decoded<R>> next) {
        if (this instanceof Value<T> v) {
            return next.apply(v.value());
        }
        Problem<T> p = (Problem<T>) this;
        return new Problem<>(p.kind(), p.detail());
    }
}
