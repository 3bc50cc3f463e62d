package org.chandylamport.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.chandylamport.RandomSystems;
import org.chandylamport.ThreadedRun;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/** What holds of all values that go through bytes. */
class CodecProperties {

    private static final Codec<Snapshot<Memory, Letter>> CODEC =
            new SnapshotCodec<>(JsonCodec.of(Memory.class), JsonCodec.of(Letter.class));

    @Provide
    Arbitrary<RandomSystem> systems() {
        return RandomSystems.any(6);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void aSnapshotComesBackEqualAndAsTheSameBytes(@ForAll("systems") RandomSystem system)
            throws CodecException {
        for (Snapshot<Memory, Letter> s : ThreadedRun.of(system, system.initial(), 2).snapshots()) {
            byte[] bytes = CODEC.encode(s);
            assertEquals(s, CODEC.decode(bytes));
            assertArrayEquals(bytes, CODEC.encode(CODEC.decode(bytes)));
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void noBytesHaveAnotherEffectThanAValueOrASentence(
            @ForAll("systems") RandomSystem system, @ForAll byte[] noise) throws CodecException {
        byte[] bytes = CODEC.encode(new Snapshot<>(new SnapshotId(1),
                system.initiators().values().iterator().next(), system.initial()));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(CodecException.class, () -> CODEC.decode(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(CodecException.class, () -> CODEC.decode(longer));
        for (int i = 0; i < bytes.length && noise.length > 0; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= noise[i % noise.length];
            try {
                CODEC.decode(damaged);
            } catch (CodecException e) {
                assertTrue(e.getMessage().length() > 10, e::toString);
            }
        }
    }

    @Property
    void textAndListsComeBackEqual(@ForAll List<String> texts) throws CodecException {
        Codec<List<String>> codec = JsonCodec.of(new TypeReference<>() {}, 1 << 20);
        List<String> encodable = texts.stream().filter(CodecProperties::isText).toList();
        assertEquals(encodable, codec.decode(codec.encode(encodable)));
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Example
    void jsonIsReadStrictly() {
        requireRefused("{\"hops\":1}", "Letter");
        requireRefused("{\"hops\":1,\"payload\":2,\"more\":3}", "more");
        requireRefused("{\"hops\":1,\"payload\":2,\"payload\":2}", "payload");
        requireRefused("{\"hops\":1,\"payload\":null}", "null");
        requireRefused("{\"hops\":1.5,\"payload\":2}", "Letter");
        requireRefused("{\"hops\":1,\"payload\":2} {}", "Letter");
        requireRefused("{\"hops\":1,\"payl", "Letter");
        requireRefused("null", "null");
        requireRefused("", "Letter");
        requireRefused("[".repeat(100_000), "Letter");
    }

    private static void requireRefused(String json, String named) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        var e = assertThrows(CodecException.class,
                () -> JsonCodec.of(Letter.class).decode(bytes), json);
        assertTrue(e.getMessage().contains(named), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }
}
