package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The step function of a system: where an action leads to from a given state. It sets the core of
 * the acting process to its state, lets it perform the action, and reads it.
 *
 * <p>A step concerns one process and the ends of its channels: the state of the others, and what
 * the channels hold besides the head of one of them, have no part in it.
 */
public final class Steps<S, M> {

    private final Setup<S, M> setup;
    private final Map<ProcessId, SimulatedProcess<S, M>> processes = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Recording<S, M>> complete = new ArrayList<>();

    /** The step function of the system. */
    public Steps(Setup<S, M> setup) {
        this.setup = setup;
        Effects<S, M> effects = complete::add;
        setup.topology().processes().forEach(p -> processes.put(p, new SimulatedProcess<>(
                p, setup, (c, item) -> sent.add(new Sent(c, item)), effects)));
    }

    /** What has been sent along a channel: a message or a marker. */
    public record Sent(Channel channel, Object item) {}

    /** A step of one process: its state after it, and what it has sent, in order. */
    public record Step<S, M>(ProcessState<S, M> after, ImmutableList<Sent> sent) {}

    /** The state in which the system starts. */
    public SystemState<S, M> initial() {
        return new Simulator<>(setup).systemState();
    }

    /** The state after the action, or null if the action is not enabled in the given state. */
    public @Nullable SystemState<S, M> successor(SystemState<S, M> state, Action action) {
        Channel source = source(action);
        Object head = source == null || state.channel(source).isEmpty()
                ? null : state.channel(source).get(0);
        Step<S, M> step = step(state.process(action.process()), action, head);
        if (step == null) {
            return null;
        }
        Map<ProcessId, ProcessState<S, M>> states = new TreeMap<>(state.processes());
        states.put(action.process(), step.after);
        Map<Channel, ImmutableList<Object>> channels = new TreeMap<>(state.channels());
        if (source != null) {
            channels.put(source, state.channel(source).subList(1, state.channel(source).size()));
        }
        for (Sent sent : step.sent) {
            channels.computeIfPresent(sent.channel, (c, contents) -> append(contents, sent.item));
        }
        return new SystemState<>(
                ImmutableSortedMap.copyOf(states), ImmutableSortedMap.copyOf(channels));
    }

    /**
     * The step of the acting process alone, or null if the action is not enabled.
     *
     * @param head what the channel that it receives from brings, null for nothing
     */
    public @Nullable Step<S, M> step(
            ProcessState<S, M> before, Action action, @Nullable Object head) {
        if (!isPermitted(action)) {
            return null;
        }
        SimulatedProcess<S, M> site = requireNonNull(processes.get(action.process()));
        sent.clear();
        complete.clear();
        site.core().set(before.core());
        if (!site.perform(action, head)) {
            return null;
        }
        ImmutableSortedMap<SnapshotId, Recording.Value<S, M>> handedOver = before.complete();
        if (!complete.isEmpty()) {
            Map<SnapshotId, Recording.Value<S, M>> more = new TreeMap<>(handedOver);
            complete.forEach(recording -> more.put(recording.snapshot(), recording.value()));
            handedOver = ImmutableSortedMap.copyOf(more);
        }
        return new Step<>(new ProcessState<>(site.core().value(), handedOver),
                ImmutableList.copyOf(sent));
    }

    /** Whether the system's constants permit it at all. */
    private boolean isPermitted(Action action) {
        if (action instanceof Action.RecordState record) {
            return setup.initiators().containsKey(record.snapshot())
                    && requireNonNull(setup.initiators().get(record.snapshot()))
                            .contains(record.process());
        }
        return !(action instanceof Action.Abandon) || setup.mayAbandon();
    }

    /** The channel that the action receives from, or null. */
    static @Nullable Channel source(Action action) {
        return action instanceof Action.Receive receive ? receive.channel()
                : action instanceof Action.ReceiveMarker receive ? receive.channel() : null;
    }

    static ImmutableList<Object> append(ImmutableList<Object> contents, Object item) {
        return ImmutableList.builderWithExpectedSize(contents.size() + 1)
                .addAll(contents).add(item).build();
    }
}
