package org.chandylamport.app;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.chandylamport.app.Transactions.Message;
import org.chandylamport.app.Transactions.Shard;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;
import org.chandylamport.store.JsonCodec;

/**
 * Two-phase commit. Each process is a shard, which holds money, and a coordinator of transactions,
 * each of which moves money from one of its neighbours to another. It asks both to prepare, and
 * commits if both vote for it. Several transactions are under way at the same time.
 */
public final class Transactions implements App<Shard, Message> {

    static final int OPENING_BALANCE = 1_000;
    static final int PARTICIPANTS = 2;

    private final Topology topology;
    private final boolean isBuggy;
    private final long perProcess;
    private final long seed;

    /**
     * Shards and coordinators at each process.
     *
     * @param messages how many messages are sent, at least
     * @param isBuggy whether coordinators commit as soon as one participant votes for it
     * @param seed decides who pays whom how much
     * @throws IllegalArgumentException if some process does not have two neighbours with channels
     *     in both directions
     */
    public Transactions(Topology topology, long messages, boolean isBuggy, long seed) {
        checkArgument(messages > 0, "at least 1 message is needed, not %s", messages);
        topology.processes().forEach(p -> checkArgument(
                Peers.of(topology, p).size() >= PARTICIPANTS,
                "process %s does not have %s neighbours with channels in both directions",
                p, PARTICIPANTS));
        long each = (long) Kind.values().length * PARTICIPANTS * topology.processes().size();
        this.topology = topology;
        this.isBuggy = isBuggy;
        this.perProcess = (messages + each - 1) / each;
        this.seed = seed;
    }

    /**
     * The state of a process.
     *
     * @param balance its money
     * @param prepared by transaction, how its balance changes if that commits
     * @param begun how many transactions it has begun, as a coordinator
     * @param random decides the next one
     * @param coordinated the transactions that it has begun and not finished
     */
    public record Shard(
            long balance,
            Map<String, Long> prepared,
            long begun,
            long random,
            Map<String, Transaction> coordinated) {

        /** Copies the maps. */
        public Shard {
            prepared = ImmutableSortedMap.copyOf(prepared);
            coordinated = ImmutableSortedMap.copyOf(coordinated);
        }
    }

    /** How far a transaction is. */
    public enum Stage { VOTING, COMMITTED, ABORTED }

    /**
     * What a coordinator knows of a transaction.
     *
     * @param payer the shard that money is taken from
     * @param payee the shard that it is given to
     * @param votes by shard, whether it voted for it
     * @param acknowledged the shards that know how it has ended
     */
    public record Transaction(
            String payer,
            String payee,
            Stage stage,
            Map<String, Boolean> votes,
            List<String> acknowledged) {

        /** Copies the collections. */
        public Transaction {
            votes = ImmutableSortedMap.copyOf(votes);
            acknowledged = List.copyOf(acknowledged);
        }

        Transaction with(Stage next) {
            return new Transaction(payer, payee, next, votes, acknowledged);
        }

        Transaction withVote(String shard, boolean yes) {
            Map<String, Boolean> more = new TreeMap<>(votes);
            more.put(shard, yes);
            return new Transaction(payer, payee, stage, more, acknowledged);
        }

        Transaction withAcknowledgement(String shard) {
            List<String> more = new ArrayList<>(acknowledged);
            more.add(shard);
            return new Transaction(payer, payee, stage, votes, more);
        }
    }

    /** The four messages between a coordinator and a participant, in their order. */
    public enum Kind {
        PREPARE, VOTE, DECISION, ACKNOWLEDGEMENT;

        boolean isFromCoordinator() {
            return this == PREPARE || this == DECISION;
        }
    }

    /**
     * A message about a transaction.
     *
     * @param change how the balance of the receiver changes if it commits; in a PREPARE
     * @param yes whether the vote is for it, or it is committed; not in a PREPARE
     */
    public record Message(Kind kind, String transaction, long change, boolean yes) {}

    @Override
    public GlobalState<Shard, Message> initial() {
        Random random = new Random(seed);
        return GlobalState.initial(topology, p -> new Shard(
                OPENING_BALANCE, Map.of(), 0, random.nextLong() >>> 11, Map.of()));
    }

    @Override
    public long remaining(GlobalState<Shard, Message> state) {
        long each = (long) Kind.values().length * PARTICIPANTS;
        return state.processes().values().stream()
                        .mapToLong(shard -> each * (perProcess - shard.begun)
                                + each / 2 * shard.coordinated.values().stream()
                                        .filter(t -> t.stage == Stage.VOTING).count())
                        .sum()
                + state.messages().mapToLong(m -> m.kind.isFromCoordinator() ? 2 : 1).sum();
    }

    @Override
    public Codec<Shard> stateCodec() {
        return JsonCodec.of(Shard.class);
    }

    @Override
    public Codec<Message> messageCodec() {
        return JsonCodec.of(Message.class);
    }

    /** Every transaction is one, and money is neither made nor lost. */
    @Override
    public Optional<String> violation(GlobalState<Shard, Message> state) {
        return new TransactionAudit(state)
                .violation((long) OPENING_BALANCE * topology.processes().size());
    }

    @Override
    public Behavior<Shard, Message> behavior(ProcessId p) {
        return new TwoPhaseCommit(p, Peers.of(topology, p), perProcess, isBuggy);
    }
}
