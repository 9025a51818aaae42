// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.stream.Collectors;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;

/** Values of a payload as a person reads them. */
final class Values {
    private Values() {}

    static String print(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Bool truth) {
            return Boolean.toString(truth.value());
        }
        if (value instanceof NvValue.Int number) {
            return number.type() == NvType.UINT64 ? number.decimal() : number.hex();
        }
        if (value instanceof NvValue.Ints numbers) {
            return numbers.elements().stream()
                    .map(n -> String.format("%02x", n.value()))
                    .collect(Collectors.joining(" "));
        }
        throw new AssertionError("no print for " + value);
    }
}
