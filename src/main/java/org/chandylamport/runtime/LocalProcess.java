package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Incoming;
import org.chandylamport.protocol.Recording;
import org.chandylamport.protocol.Superposition;
import org.jspecify.annotations.Nullable;

/**
 * One process of the network: the core, its behavior, and what it has to do next. Run by one worker
 * at a time.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>inbox</td><td>any thread</td><td>the worker that runs it</td><td>see {@link Inbox}</td>
 *     <td>says who runs the process, and hands it over</td></tr>
 * <tr><td>received</td><td>the worker that runs it</td><td>any thread</td><td>opaque</td>
 *     <td>statistics</td></tr>
 * <tr><td>turns</td><td>the worker that runs it</td><td>who watches</td><td>opaque</td>
 *     <td>a hint: whether it gets its turn</td></tr>
 * <tr><td>all others</td><td>the worker that runs it</td><td>the worker that runs it</td>
 *     <td>plain</td><td>ordered by its inbox, or by what hands it to a worker</td></tr>
 * </table>
 */
final class LocalProcess<S, M> extends Inbox.Node<LocalProcess<S, M>> implements Effects<S, M> {

    /** How much a process does before another one gets its turn. */
    private static final int TURN = 128;

    private static final VarHandle RECEIVED;
    private static final VarHandle TURNS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RECEIVED = lookup.findVarHandle(LocalProcess.class, "received", long.class);
            TURNS = lookup.findVarHandle(LocalProcess.class, "turns", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ProcessId id;
    private final int index;
    private final Collector<S, M> collector;
    private final @Nullable EventLog<S, M> log;
    private final Inbox<Input<S, M>> inbox = new Inbox<>();
    private final Fifo<Input<S, M>> ready = new Fifo<>();
    private final List<ChannelQueue<S, M>> unannounced = new ArrayList<>();

    private @Nullable ChandyLamport<S, M> core;
    private @Nullable Superposition<S, M> superposition;
    private @Nullable Worker<S, M> worker;
    private @Nullable Runnable suspended;
    private boolean initiating;
    private long received;
    private int turns;

    LocalProcess(
            ProcessId id, int index, Collector<S, M> collector, @Nullable EventLog<S, M> log) {
        this.id = id;
        this.index = index;
        this.collector = collector;
        this.log = log;
    }

    /** Gives the process its core and behavior; before the threads start. */
    void connect(
            S initial,
            Behavior<S, M> behavior,
            List<Channel> incoming,
            List<ChannelQueue<S, M>> outgoing) {
        core = new ChandyLamport<>(id, initial, incoming, outgoing, this);
        superposition = new Superposition<>(id, core, behavior, outgoing);
    }

    Inbox<Input<S, M>> inbox() {
        return inbox;
    }

    ChandyLamport<S, M> core() {
        return requireNonNull(core);
    }

    /** The worker that runs the process now. */
    Worker<S, M> worker() {
        return requireNonNull(worker);
    }

    /** How many messages the process has received, markers not counted. */
    long received() {
        return (long) RECEIVED.getOpaque(this);
    }

    /** How many turns the process has had: a moment ago, for who watches. */
    int turns() {
        return (int) TURNS.getOpaque(this);
    }

    /** Whether the process must wait until its events are observed. */
    boolean isHeldBack() {
        return log != null && log.isFull();
    }

    /**
     * Runs the process for one turn, or until it has nothing to do. Returns whether it has more; if
     * not, whoever next gives it something or resumes it will schedule it, and this worker must not
     * touch it any more.
     */
    boolean run(Worker<S, M> by) {
        worker = by;
        TURNS.setOpaque(this, turns + 1);
        int left = TURN;
        while (left > 0) {
            inbox.takeAll(ready);
            int done = runOne(left);
            left -= done;
            if (done == 0 && ready.isEmpty()) {
                announce();
                if (inbox.goIdle()) {
                    return false;
                }
            }
        }
        announce();
        return !yieldIfSuspended();
    }

    /** While the process is suspended its inbox is not idle, so that nobody schedules it. */
    private boolean yieldIfSuspended() {
        Runnable then = suspended;
        if (then == null) {
            return false;
        }
        suspended = null;
        then.run(); // Whoever resumes the process may run it from here on.
        return true;
    }

    private int runOne(int most) {
        int done = 0;
        Input<S, M> input = ready.poll();
        if (input != null) {
            done = input.run(this, most);
            if (input.hasMore(done < most)) {
                ready.add(input);
            }
        }
        Superposition<S, M> behavior = requireNonNull(superposition);
        if (behavior.hasInternal()) {
            worker().lend();
            behavior.internal();
            done++;
        }
        return done;
    }

    void receive(Incoming<M> c, Object messageOrMarker) {
        Superposition<S, M> behavior = requireNonNull(superposition);
        if (messageOrMarker instanceof Marker) {
            behavior.receive(c, messageOrMarker);
            return;
        }
        worker().lend();
        behavior.receive(c, messageOrMarker);
        RECEIVED.setOpaque(this, received + 1);
    }

    /** Takes an internal step given from outside, and returns the state after it. */
    S internal(Behavior.Step<S, M> step) {
        worker().lend();
        requireNonNull(superposition).internal(step);
        return core().state();
    }

    /** Initiates a snapshot, unless it has come here already. */
    void initiate(SnapshotId s) {
        initiating = true;
        core().recordState(s);
        initiating = false;
    }

    /** Stops running after this turn, and then hands the process over to be scheduled again. */
    void suspend(Runnable then) {
        suspended = then;
    }

    /** Announces the channel at the latest when the process stops running. */
    void announceLater(ChannelQueue<S, M> channel) {
        unannounced.add(channel);
    }

    private void announce() {
        if (!unannounced.isEmpty()) {
            VarHandle.fullFence(); // Paired with the one in ChannelQueue.hasMore.
            unannounced.forEach(ChannelQueue::announce);
            unannounced.clear();
        }
    }

    /** Refuses every request that has not been run; after the threads have stopped. */
    void refuseRequests(Throwable reason) {
        yieldIfSuspended();
        inbox.takeAll(ready);
        for (Input<S, M> input = ready.poll(); input != null; input = ready.poll()) {
            if (input instanceof Request<S, M> request) {
                request.refuse(reason);
            }
        }
    }

    @Override
    public void recording(Recording<S, M> recording) {
        collector.recording(index, recording, initiating);
    }

    @Override
    public void complete(Recording<S, M> recording) {
        collector.complete(recording);
    }

    @Override
    public @Nullable Consumer<Event<S, M>> log() {
        return log;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
