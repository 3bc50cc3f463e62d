package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;

/** The behaviors without the algorithm: performs a computation's steps again, by itself. */
final class Bare implements Outbox<Letter> {

    final Map<ProcessId, Memory> states;
    final Map<Channel, Deque<Letter>> channels = new TreeMap<>();
    private final RandomSystem system;
    private final Deque<Send<Memory, Letter>> expected = new ArrayDeque<>();
    private Memory after = new Memory(0, 0);

    Bare(RandomSystem system) {
        this.system = system;
        this.states = new TreeMap<>(system.initial().processes());
        system.initial().channels().forEach((c, letters) ->
                channels.put(c, new ArrayDeque<>(letters)));
    }

    void perform(Event.Environment<Memory, Letter> event) {
        if (event instanceof Send<Memory, Letter> send) {
            assertEquals(expected.remove(), send);
            requireNonNull(channels.get(send.channel())).add(send.message());
            return;
        }
        assertStepIsOver();
        ProcessId p = event.process();
        Memory before = requireNonNull(states.get(p));
        if (event instanceof Receive<Memory, Letter> receive) {
            Letter letter = requireNonNull(channels.get(receive.channel())).remove();
            assertEquals(letter, receive.message());
            after = system.behavior(p).receive(before, receive.channel(), letter, this);
        } else {
            assertTrue(system.behavior(p).hasInternal(before));
            after = system.behavior(p).internal(before, this);
        }
        assertEquals(after, event.state());
        states.put(p, after);
        List<Send<Memory, Letter>> sent = new ArrayList<>(expected);
        expected.clear();
        sent.forEach(send -> expected.add(
                new Send<>(send.channel(), send.message(), after, true)));
    }

    void assertStepIsOver() {
        assertTrue(expected.isEmpty(), "all messages of a step enter their channels at once");
    }

    @Override
    public void send(Channel channel, Letter message) {
        expected.add(new Send<>(channel, message, after, true));
    }

    @Override
    public void send(ProcessId to, Letter message) {
        throw new UnsupportedOperationException();
    }
}
