package org.chandylamport.check;

import static org.chandylamport.check.Violation.Kind.NOT_FIFO;
import static org.chandylamport.check.Violation.Kind.UNSENT;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/** A distributed system that performs given events, one after the other. */
final class Replay<S, M> {

    private final Map<ProcessId, S> processes;
    private final Map<Channel, Deque<M>> channels = new HashMap<>();

    Replay(Topology topology, GlobalState<S, M> initial) {
        processes = new HashMap<>(initial.processes());
        for (Channel c : topology.channels()) {
            channels.put(c, new ArrayDeque<>(
                    initial.channels().getOrDefault(c, ImmutableList.of())));
        }
    }

    /** Performs the event, and returns null; or says why it is not possible in this state. */
    @Nullable Violation perform(Environment<S, M> event) {
        if (event instanceof Send<S, M> send) {
            channel(send.channel()).add(send.message());
        } else if (event instanceof Receive<S, M> receive) {
            Channel c = receive.channel();
            M head = channel(c).poll();
            String fact = c.to() + " receives " + Violations.quote(receive.message()) + " along "
                    + c + ", but ";
            if (head == null) {
                return new Violation(UNSENT, null, c, fact + "the channel is empty");
            }
            if (!head.equals(receive.message())) {
                return new Violation(NOT_FIFO, null, c,
                        fact + "the channel holds " + Violations.quote(head) + " first");
            }
        }
        processes.put(event.process(), event.state());
        return null;
    }

    /** The global state now. */
    GlobalState<S, M> state() {
        return GlobalState.of(processes, channels);
    }

    private Deque<M> channel(Channel c) {
        Deque<M> messages = channels.get(c);
        if (messages == null) {
            throw new IllegalArgumentException("there is no channel " + c);
        }
        return messages;
    }
}
