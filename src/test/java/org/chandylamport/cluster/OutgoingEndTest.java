package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Numbered;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.store.JsonCodec;
import org.junit.jupiter.api.Test;

class OutgoingEndTest {

    private static final ProcessId[] P = Nodes.processes(2);
    private final OutgoingEnd<String> end = new OutgoingEnd<>(
            Channel.between(P[0], P[1]), JsonCodec.of(String.class), 100);
    private final List<Batch> sent = new ArrayList<>();

    private void send(int count, String message) {
        for (int i = 0; i < count; i++) {
            end.send(message);
        }
    }

    /** Gives room for one batch after another until nothing waits. */
    private List<Integer> sizes() {
        end.demand(sent::add);
        while (end.canFlush()) {
            end.flush();
            end.demand(sent::add);
        }
        return sent.stream().map(batch -> batch.carried().size()).toList();
    }

    private List<Long> numbers() {
        return sent.stream().flatMap(batch -> batch.carried().stream())
                .map(Numbered::number).toList();
    }

    @Test
    void whatWaitsTravelsTogetherInOrderOnceThereIsRoom() {
        end.send("a");
        end.sendMarker(new Marker(new SnapshotId(1)));
        end.send("b");
        assertFalse(end.canFlush());
        end.flush();
        assertEquals(List.of(), sent);
        end.demand(sent::add);
        assertTrue(end.canFlush());
        end.flush();
        end.send("c");
        end.flush();
        assertEquals(1, sent.size(), "room for one batch is not room for two");
        assertEquals(List.of(1L, 2L, 3L), numbers());
        assertEquals(List.of(false, true, false),
                sent.get(0).carried().stream().map(Numbered::isMarker).toList());
        assertEquals(List.of(3, 1), sizes());
        assertEquals(List.of(1L, 2L, 3L, 4L), numbers());
    }

    @Test
    void aFullChannelHasRoomForMarkersAndNoneForMessages() {
        send(99, "m");
        assertFalse(end.isFull());
        end.sendMarker(new Marker(new SnapshotId(1)));
        assertFalse(end.isFull(), "a marker takes the room of no message");
        end.send("m");
        assertTrue(end.isFull());
        end.demand(sent::add);
        end.flush();
        assertFalse(end.isFull());
    }

    @Test
    void aBatchIsBoundedInNumberAndInBytes() {
        send(150, "m");
        assertEquals(List.of(64, 64, 22), sizes());
        sent.clear();
        end.send("small");
        send(2, "x".repeat(20_000));
        end.send("y".repeat(100_000));
        end.send("small");
        assertEquals(List.of(2, 1, 1, 1), sizes());
    }
}
