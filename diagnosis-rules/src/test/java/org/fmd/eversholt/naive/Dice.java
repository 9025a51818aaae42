// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.List;
import java.util.Random;

/** Choices. */
record Dice(Random random) {
    /** True once in so many times. */
    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    /** A number from 0, less than {@code bound}. */
    int upTo(int bound) {
        return random.nextInt(bound);
    }

    /** 1 once in so many times, else 0. */
    int rarely(int in) {
        return one(in) ? 1 : 0;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
