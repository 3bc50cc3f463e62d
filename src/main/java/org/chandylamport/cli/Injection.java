package org.chandylamport.cli;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Sets;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.chandylamport.Network;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.runtime.Awaiting;
import org.chandylamport.runtime.NumberedQueue;

/**
 * The faults of one system: breaks its channels, suspends its processes, and remembers which. The
 * memory may be asked by any thread; all else is confined to the one that makes the system.
 */
final class Injection {

    private static final int[] ONE_IN = {30, 300, 3_000};
    private static final int MOST_SUSPENDED = 2;

    private final ImmutableList<Fault> ofChannels;
    private final ImmutableList<Fault> ofProcesses;
    private final boolean numbered;
    private final SplittableRandom random;
    private final int oneIn;

    private final Multiset<Fault> injected = ConcurrentHashMultiset.create();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final Set<ProcessId> processes = ConcurrentHashMap.newKeySet();
    private boolean crashed;

    /** @param numbered whether channels that misbehave number what they carry */
    Injection(ImmutableList<Fault> faults, boolean numbered, SplittableRandom random) {
        this.ofChannels = faults.stream().filter(Fault::isOfChannel)
                .collect(ImmutableList.toImmutableList());
        this.ofProcesses = faults.stream().filter(Fault::isOfProcess)
                .collect(ImmutableList.toImmutableList());
        this.numbered = numbered;
        this.random = random;
        this.oneIn = ONE_IN[random.nextInt(ONE_IN.length)];
    }

    /** What stands in for the queue of a channel. */
    Queue<Object> around(Channel c, Queue<Object> queue) {
        if (ofChannels.isEmpty()) {
            return queue;
        }
        Queue<Object> faulty = new FaultyQueue(queue, ofChannels, oneIn, random.split(), fault -> {
            channels.add(c);
            injected.add(fault);
        });
        return numbered ? new NumberedQueue(c, faulty) : faulty;
    }

    /** Suspends a process, for a while or for good, if this is what is to go wrong. */
    @SuppressWarnings("FutureReturnValueIgnored") // It fails only where the network stops first.
    void suspend(Network<?, ?> network, ProcessId p, long mostMillis) {
        if (ofProcesses.isEmpty() || processes.size() == MOST_SUSPENDED || !processes.add(p)) {
            return;
        }
        Fault fault = ofProcesses.get(random.nextInt(ofProcesses.size()));
        crashed |= fault == Fault.crash;
        long millis = 1 + random.nextLong(mostMillis);
        network.suspend(p).thenAccept(resume -> {
            injected.add(fault);
            if (fault == Fault.stall) {
                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(resume);
            }
        });
    }

    /** Whether all that is held is let go again: no channel misbehaves, and nobody has crashed. */
    boolean letsSnapshotsComplete() {
        return ofChannels.isEmpty() && !crashed;
    }

    /** How often each fault has been injected so far. */
    ImmutableMultiset<Fault> injected() {
        return ImmutableMultiset.copyOf(injected);
    }

    /**
     * Whether the network stopped because of a channel that misbehaved. Without numbers the core
     * may find that out, when a marker comes twice.
     */
    boolean explains(Throwable failure) {
        return failure instanceof BrokenChannelException broken
                ? channels.contains(broken.channel())
                : !numbered && !channels.isEmpty();
    }

    /** Whether a snapshot waits for something that a fault keeps from it. */
    boolean explains(Awaiting awaiting) {
        return !Sets.intersection(awaiting.notRecorded().keySet(), processes).isEmpty()
                || awaiting.notRecorded().keySet().stream().anyMatch(p ->
                        channels.stream().anyMatch(c -> c.to().equals(p)))
                || awaiting.markers().keySet().stream().anyMatch(c ->
                        channels.contains(c) || processes.contains(c.to()));
    }
}
