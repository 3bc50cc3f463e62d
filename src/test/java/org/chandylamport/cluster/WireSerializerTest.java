package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Numbered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireSerializerTest {

    private static final ByteString BYTES = ByteString.fromArray(new byte[] {0, -1, 7, 64});
    private final WireSerializer serializer = new WireSerializer();

    static Stream<Wire> all() {
        return Stream.of(
                new Batch(ImmutableList.of(new Numbered(Long.MAX_VALUE, false, BYTES),
                        new Numbered(1, true, ByteString.emptyByteString()))),
                new Wire.Told("p->q ü", new Batch(ImmutableList.of(
                        new Numbered(3, false, BYTES)))),
                new Wire.Plan("run", List.of("a", "b"), Map.of("p", 1), "print", "actor"),
                new Wire.Refused("no"), new Wire.Ready("actor"), new Wire.Go(), new Wire.Finished(),
                new Wire.Open(1, List.of("p", "q")), new Wire.Opened(1, 2),
                new Wire.NotOpened(1, "no"), new Wire.Initiate(1, "p"),
                new Wire.GiveUp(1, "why"), new Wire.Recorded(1, "p", true),
                new Wire.Part(1, "p", BYTES, Map.of("c", List.of(BYTES, BYTES), "d", List.of())),
                new Wire.Complete(1, List.of("p")), new Wire.Kept(1), new Wire.Ended(1),
                new Wire.Awaited(1, List.of("p"), List.of("c")),
                new Wire.Status(1, Map.of("p", new Wire.Blocked("c", 2)), Map.of(3L, List.of("c"))),
                new Wire.Progress(5), new Wire.Broken(null, "why", true),
                new Wire.Broken("c", "why", false), new Wire.Execute(1, 2, "p", BYTES),
                new Wire.Executed(1, 2, BYTES, null), new Wire.Executed(1, 2, null, "why"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsReadEqualsWhatWasWritten(Wire wire) throws Exception {
        assertEquals(wire, serializer.fromBinary(
                serializer.toBinary(wire), serializer.manifest(wire)));
    }

    @Test
    void everythingThatNodesSendIsTried() {
        assertEquals(
                Stream.of(Wire.Control.class.getPermittedSubclasses())
                        .map(Class::getSimpleName).collect(Collectors.toSet()),
                all().filter(Wire.Control.class::isInstance)
                        .map(wire -> wire.getClass().getSimpleName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingElseIsMadeOfBytes() {
        assertTrue(assertThrows(NotSerializableException.class,
                () -> serializer.fromBinary(new byte[0], "java.util.ArrayList"))
                .getMessage().contains("no node sends"));
        assertThrows(NotSerializableException.class,
                () -> serializer.fromBinary("[1]".getBytes(), "Open"));
        assertThrows(NotSerializableException.class,
                () -> serializer.fromBinary(new byte[3], "Batch"));
        byte[] tooLong = serializer.toBinary(new Batch(ImmutableList.of(
                new Numbered(1, false, BYTES))));
        tooLong[Long.BYTES + 1] = 127; // The length's first byte: more than there is.
        assertThrows(NotSerializableException.class,
                () -> serializer.fromBinary(tooLong, "Batch"));
    }
}
