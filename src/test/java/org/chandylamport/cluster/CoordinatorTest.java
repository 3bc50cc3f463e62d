package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Broken;
import org.chandylamport.cluster.Wire.Complete;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Go;
import org.chandylamport.cluster.Wire.Initiate;
import org.chandylamport.cluster.Wire.NotOpened;
import org.chandylamport.cluster.Wire.Open;
import org.chandylamport.cluster.Wire.Opened;
import org.chandylamport.cluster.Wire.Part;
import org.chandylamport.cluster.Wire.Plan;
import org.chandylamport.cluster.Wire.Ready;
import org.chandylamport.cluster.Wire.Recorded;
import org.chandylamport.cluster.Wire.Status;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

class CoordinatorTest {

    private static final Part PART_OF_P1 = part("p1");
    private static final Part PART_OF_P2 = part("p2");

    private final List<String> told = new ArrayList<>();
    private final Coordinator coordinator = new Coordinator(
            new Layout(Topology.ring(Nodes.processes(2)), new Plan("run",
                    List.of("pekko://s@a:1", "pekko://s@b:2"), Map.of("p1", 0, "p2", 1), "", "")),
            5, Duration.ofSeconds(9), (node, message) -> told.add(node + " " + message));

    private static Part part(String process) {
        return new Part(5, process, ByteString.emptyByteString(), Map.of());
    }

    private void said(int node, Control message) {
        told.clear();
        coordinator.said(node, message, 0);
    }

    private void assertTold(Object... pairs) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            expected.add(pairs[i] + " " + pairs[i + 1]);
        }
        assertEquals(expected, told);
    }

    private void open() {
        said(1, new Open(8, List.of("p1")));
        assertTold(1, new Opened(8, 5), 0, new Initiate(5, "p1"));
    }

    @Test
    void processesGoOnceEveryNodeIsReady() {
        said(1, new Ready("actor"));
        said(1, new Ready("actor"));
        assertTold();
        said(0, new Ready("actor"));
        assertTold(0, new Go(), 1, new Go());
    }

    @Test
    void theAskerGetsEveryPartAndThenTheEnd() {
        open();
        said(0, new Recorded(5, "p1", true));
        said(0, PART_OF_P1);
        assertTold(1, PART_OF_P1);
        said(1, PART_OF_P2);
        assertTold(1, PART_OF_P2, 1, new Complete(5, List.of("p1")));
        said(1, new GiveUp(5, "late"));
        assertTold();
    }

    @Test
    void aTimeoutSaysWhatIsAwaited() {
        open();
        said(0, new Recorded(5, "p1", true));
        said(0, new Status(0, Map.of(), Map.of(5L, List.of("p2->p1"))));
        told.clear();
        coordinator.tick(Duration.ofSeconds(10).toNanos());
        GiveUp giveUp = new GiveUp(5, "it is not complete after 9.0 s; not recorded: p2;"
                + " marker awaited along channel p2->p1");
        assertTold(0, giveUp, 1, giveUp);
        said(1, PART_OF_P2);
        assertTold();
    }

    @Test
    void aNodeThatCannotBeReachedEndsWhatIsOpenAndRefusesMoreUntilItCan() {
        open();
        told.clear();
        coordinator.unreachable(1);
        GiveUp giveUp = new GiveUp(5, "node b:2 is unreachable, and with it channel p1->p2");
        assertTold(0, giveUp, 1, giveUp);
        said(0, new Open(9, List.of("p1")));
        assertTold(0, new NotOpened(9, giveUp.cause()));
        coordinator.reachable(1);
        said(0, new Open(10, List.of("p1")));
        assertTold(0, new Opened(10, 6), 0, new Initiate(6, "p1"));
    }

    @Test
    void aBrokenChannelIsToldOnceAndEndsSnapshotsForGood() {
        open();
        Broken broken = new Broken("p1->p2", "number 3 is missing", false);
        said(1, broken);
        GiveUp giveUp = new GiveUp(5, "channel p1->p2 is broken: number 3 is missing");
        assertTold(0, giveUp, 1, giveUp, 0, broken, 1, broken);
        said(0, new Broken("p2->p1", "another", false));
        assertTold();
        coordinator.reachable(1);
        said(0, new Open(9, List.of("p1")));
        assertTrue(told.get(0).contains("number 3 is missing"), told::toString);
    }
}
