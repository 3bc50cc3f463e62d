package org.chandylamport.app;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.chandylamport.app.Locks.Request;
import org.chandylamport.app.Locks.Site;
import org.chandylamport.check.StableProperty;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;
import org.chandylamport.store.JsonCodec;

/**
 * Processes that hold locks and wait for more. Each process keeps one lock, which has its name, and
 * grants it to one process after another; and again and again acquires two locks of its neighbours,
 * one after the other, and releases both. Sooner or later some of them may wait for each other.
 */
public final class Locks implements App<Site, Request> {

    private static final int LOCKS = 2;

    /** A request, a grant and a release. */
    private static final int MESSAGES = 3;

    private final Topology topology;
    private final boolean ordered;
    private final int rounds;
    private final long seed;

    /**
     * Locks at each process.
     *
     * @param messages how many messages are sent, at least, unless there is a deadlock before
     * @param ordered whether locks are acquired in the order of their names: no deadlock then
     * @param seed decides which locks are acquired, and in what order
     * @throws IllegalArgumentException if some process does not have two neighbours with channels
     *     in both directions
     */
    public Locks(Topology topology, long messages, boolean ordered, long seed) {
        checkArgument(messages > 0, "at least 1 message is needed, not %s", messages);
        topology.processes().forEach(p -> checkArgument(Peers.of(topology, p).size() >= LOCKS,
                "process %s does not have %s neighbours with channels in both directions",
                p, LOCKS));
        long perRound = (long) LOCKS * MESSAGES * topology.processes().size();
        this.topology = topology;
        this.ordered = ordered;
        this.rounds = (int) Math.min(Integer.MAX_VALUE, (messages + perRound - 1) / perRound);
        this.seed = seed;
    }

    /**
     * The state of a process.
     *
     * @param rounds how often it will acquire locks again
     * @param random decides which
     * @param wanted the locks that it has still to be granted in this round; it has requested the
     *     first
     * @param held the locks that it has been granted in this round
     * @param queue who has been granted its own lock, and then those who wait for it
     */
    public record Site(
            int rounds, long random, List<String> wanted, List<String> held, List<String> queue) {

        /** Copies the lists. */
        public Site {
            wanted = List.copyOf(wanted);
            held = List.copyOf(held);
            queue = List.copyOf(queue);
        }
    }

    /** A message: a request for the receiver's lock, its release, or a grant of the sender's. */
    public enum Request {
        /** Asks for the receiver's lock. */
        REQUEST(MESSAGES),
        /** Gives the sender's lock. */
        GRANT(2),
        /** Gives the receiver's lock back. */
        RELEASE(1);

        /** How many messages it is until the lock is back, this one among them. */
        final int left;

        Request(int left) {
            this.left = left;
        }
    }

    @Override
    public GlobalState<Site, Request> initial() {
        Random random = new Random(seed);
        return GlobalState.initial(topology, p -> new Site(
                rounds, random.nextLong() >>> 11, List.of(), List.of(), List.of()));
    }

    @Override
    public long remaining(GlobalState<Site, Request> state) {
        long sites = state.processes().values().stream().mapToLong(site ->
                (long) MESSAGES * LOCKS * site.rounds
                        + (long) MESSAGES * Math.max(0, site.wanted.size() - 1)
                        + site.held.size()
                        + 2L * Math.max(0, site.queue.size() - 1)).sum();
        return sites + state.messages().mapToLong(m -> m.left).sum();
    }

    @Override
    public Codec<Site> stateCodec() {
        return JsonCodec.of(Site.class);
    }

    @Override
    public Codec<Request> messageCodec() {
        return JsonCodec.of(Request.class);
    }

    @Override
    public ImmutableSortedMap<String, StableProperty<Site, Request>> properties() {
        return ImmutableSortedMap.of(
                "deadlock", state -> new WaitForGraph(state).deadlock(),
                "termination", this::termination);
    }

    /** Nobody has a lock that was not granted, and no lock is granted twice. */
    @Override
    public Optional<String> violation(GlobalState<Site, Request> state) {
        return new WaitForGraph(state).violation();
    }

    @Override
    public Behavior<Site, Request> behavior(ProcessId p) {
        return new Client(Peers.of(topology, p));
    }

    private final class Client implements Behavior<Site, Request> {

        private final ImmutableList<ProcessId> neighbours;
        private final ImmutableSortedMap<String, Channel> channels;

        Client(ImmutableSortedMap<ProcessId, Channel> peers) {
            neighbours = peers.keySet().asList();
            ImmutableSortedMap.Builder<String, Channel> byName = ImmutableSortedMap.naturalOrder();
            peers.forEach((q, c) -> byName.put(q.name(), c));
            channels = byName.buildOrThrow();
        }

        @Override
        public Site receive(Site site, Channel from, Request message, Outbox<Request> outbox) {
            String q = from.from().name();
            return switch (message) {
                case REQUEST -> requested(site, q, outbox);
                case GRANT -> granted(site, q, outbox);
                case RELEASE -> released(site, outbox);
            };
        }

        private Site requested(Site site, String q, Outbox<Request> outbox) {
            if (site.queue.isEmpty()) {
                send(q, Request.GRANT, outbox);
            }
            return new Site(site.rounds, site.random, site.wanted, site.held,
                    append(site.queue, q));
        }

        private Site granted(Site site, String lock, Outbox<Request> outbox) {
            List<String> wanted = site.wanted.subList(1, site.wanted.size());
            if (!wanted.isEmpty()) {
                send(wanted.get(0), Request.REQUEST, outbox);
            }
            return new Site(site.rounds, site.random, wanted, append(site.held, lock), site.queue);
        }

        private Site released(Site site, Outbox<Request> outbox) {
            List<String> queue = site.queue.subList(1, site.queue.size());
            if (!queue.isEmpty()) {
                send(queue.get(0), Request.GRANT, outbox);
            }
            return new Site(site.rounds, site.random, site.wanted, site.held, queue);
        }

        @Override
        public boolean hasInternal(Site site) {
            return site.wanted.isEmpty() && (!site.held.isEmpty() || site.rounds > 0);
        }

        /** Releases what it holds, or else begins the next round. */
        @Override
        public Site internal(Site site, Outbox<Request> outbox) {
            if (!site.held.isEmpty()) {
                site.held.forEach(lock -> send(lock, Request.RELEASE, outbox));
                return new Site(site.rounds, site.random, List.of(), List.of(), site.queue);
            }
            Random random = new Random(site.random);
            List<ProcessId> chosen = new ArrayList<>(neighbours);
            Collections.shuffle(chosen, random);
            List<ProcessId> some = chosen.subList(0, LOCKS);
            if (ordered) {
                Collections.sort(some);
            }
            List<String> wanted = some.stream().map(ProcessId::name).toList();
            send(wanted.get(0), Request.REQUEST, outbox);
            return new Site(site.rounds - 1, random.nextLong() >>> 11, wanted, List.of(),
                    site.queue);
        }

        private void send(String q, Request message, Outbox<Request> outbox) {
            Channel c = channels.get(q);
            checkArgument(c != null, "%s is no neighbour", q);
            outbox.send(c, message);
        }

        private List<String> append(List<String> list, String last) {
            return ImmutableList.copyOf(Iterables.concat(list, List.of(last)));
        }
    }
}
