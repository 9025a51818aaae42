// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NvListTest {

    @Test
    void isALinkedMapOfWhatWasPutAndNotRemoved() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Map<String, NvValue> expected = new LinkedHashMap<>();
            NvList.Builder builder = NvList.builder();
            int names = 1 + random.nextInt(40);
            for (int step = random.nextInt(100); step > 0; step--) {
                String name = "n" + random.nextInt(names);
                if (random.nextInt(4) == 0) {
                    expected.remove(name);
                    builder.remove(name);
                } else {
                    NvValue value = new NvValue.Int(NvType.UINT64, step);
                    expected.put(name, value);
                    builder.put(name, value);
                }
            }
            NvList list = builder.build();
            assertEquals(
                    List.copyOf(expected.entrySet()), List.copyOf(list.asMap().entrySet()), "seed " + seed);
            assertEquals(expected, list.asMap(), "seed " + seed);
            assertEquals(list, list.toBuilder().build(), "seed " + seed);
            for (int i = 0; i < names; i++) {
                assertEquals(expected.get("n" + i), list.get("n" + i), "seed " + seed);
                assertEquals(expected.containsKey("n" + i), list.contains("n" + i), "seed " + seed);
            }
        }
    }

    @Test
    void listsOfOneLayoutAndOfABuilderAreEqual() {
        NvLayout layout = NvLayout.of(List.of("a", "b"));
        NvList list = layout.list(new NvValue.Str("x"), new NvValue.Bool(true));
        NvList built = NvList.builder().string("a", "x").bool("b", true).build();
        assertEquals(built, list);
        assertEquals(built.hashCode(), list.hashCode());
        assertNotEquals(NvList.builder().bool("b", true).string("a", "x").build(), list, "order counts");
        assertNull(list.get("c"));
        assertFalse(list.asMap().containsKey("c"));
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItMade() {
        NvList.Builder builder = NvList.builder().string("a", "x");
        NvList first = builder.build();
        builder.string("a", "y").string("b", "z");
        assertEquals("{a=Str[value=x]}", first.toString());
        assertThrows(UnsupportedOperationException.class, () -> first.asMap().put("c", new NvValue.Str("c")));
    }

    @Test
    void refusesALayoutThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> NvLayout.of(List.of("a", "a")));
        assertThrows(IllegalArgumentException.class, () -> NvLayout.of(List.of("")));
        assertThrows(
                IllegalArgumentException.class, () -> NvLayout.of(List.of("a")).list());
    }

    @Test
    void manyNamesTakeNoLongerEach() {
        List<String> names = new ArrayList<>();
        NvList.Builder builder = NvList.builder();
        for (int i = 0; i < 200_000; i++) {
            names.add("name" + i);
            builder.uint64("name" + i, i);
        }
        NvList list = builder.build();
        assertEquals(names, List.copyOf(list.asMap().keySet()));
        assertEquals(199_999, list.number("name199999").orElse(0));
    }
}
