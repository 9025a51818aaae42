// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The words of closed lists. */
final class Words {
    private Words() {}

    static <T> Optional<T> find(T[] all, Function<T, String> spelling, String word) {
        return Arrays.stream(all)
                .filter(one -> spelling.apply(one).equals(word))
                .findFirst();
    }

    static <T> List<String> of(T[] all, Function<T, String> spelling) {
        return Arrays.stream(all).map(spelling).toList();
    }
}
