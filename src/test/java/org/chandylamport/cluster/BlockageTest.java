package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.chandylamport.cluster.Wire.Blocked;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

class BlockageTest {

    private static final ProcessId[] P = Nodes.processes(3);
    private static final Channel LOOP = new Channel("loop", P[0], P[0]);
    private static final Topology GRAPH = new Topology(List.of(P), List.of(
            Channel.between(P[0], P[1]), Channel.between(P[1], P[2]),
            Channel.between(P[2], P[1]), LOOP));
    private final Blockage blockage = new Blockage(GRAPH, 2);

    private void say(String process, String channel, long steps) {
        blockage.says(process, channel == null ? null : new Blocked(channel, steps));
    }

    @Test
    void aCycleIsFoundOnceAllOfItHaveStoodStill() {
        say("p1", "p1->p2", 7);
        say("p1", "p1->p2", 7);
        say("p2", "p2->p3", 1);
        say("p3", "p3->p2", 1);
        say("p2", "p2->p3", 1);
        assertEquals(ImmutableList.of(), blockage.cycle());
        say("p3", "p3->p2", 1);
        assertEquals(2, blockage.cycle().size());
        assertEquals(List.of("p2->p3", "p3->p2"),
                blockage.cycle().stream().map(Channel::name).sorted().toList());
    }

    @Test
    void aProcessThatHasTakenAStepIsNotStuck() {
        say("p2", "p2->p3", 1);
        say("p3", "p3->p2", 1);
        say("p2", "p2->p3", 1);
        say("p3", "p3->p2", 2);
        assertEquals(ImmutableList.of(), blockage.cycle());
        say("p3", null, 2);
        assertEquals(ImmutableList.of(), blockage.cycle());
    }

    @Test
    void aFullChannelToItselfIsACycle() {
        say("p1", "loop", 3);
        say("p1", "loop", 3);
        assertEquals(List.of(LOOP), blockage.cycle());
    }
}
