package org.chandylamport.app;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chandylamport.app.Bank.Account;
import org.chandylamport.app.Bank.Transfer;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;
import org.chandylamport.store.JsonCodec;

/**
 * Bank transfers: each process is an account, and moves random amounts along random channels. Money
 * never enters a channel without leaving an account.
 */
public final class Bank implements App<Account, Transfer> {

    private static final long OPENING_BALANCE = 1_000;

    private final Topology topology;
    private final Chains chains;
    private final long seed;

    /**
     * A bank with an account at each process.
     *
     * @param messages how many transfers there are, at least
     * @param seed decides all amounts and channels
     * @throws IllegalArgumentException if some process has no outgoing channel
     */
    public Bank(Topology topology, long messages, long seed) {
        this.topology = topology;
        this.chains = Chains.of(topology, messages);
        this.seed = seed;
    }

    /**
     * The state of a process.
     *
     * @param balance its money
     * @param random decides its next transfer
     * @param chains how many chains of transfers wait here to be continued
     * @param transfers how many transfers these have still to bring forth, all together
     */
    public record Account(long balance, long random, int chains, long transfers) {}

    /**
     * A message: money on its way.
     *
     * @param amount how much
     * @param transfers how many transfers its chain has still to bring forth after it
     */
    public record Transfer(long amount, long transfers) {}

    @Override
    public long remaining(GlobalState<Account, Transfer> state) {
        return state.processes().values().stream().mapToLong(Account::transfers).sum()
                + state.messages().mapToLong(transfer -> 1 + transfer.transfers).sum();
    }

    @Override
    public Codec<Account> stateCodec() {
        return JsonCodec.of(Account.class);
    }

    @Override
    public Codec<Transfer> messageCodec() {
        return JsonCodec.of(Transfer.class);
    }

    /** Money is neither made nor lost. */
    @Override
    public Optional<String> violation(GlobalState<Account, Transfer> state) {
        long money = state.processes().values().stream().mapToLong(Account::balance).sum()
                + state.messages().mapToLong(Transfer::amount).sum();
        long expected = OPENING_BALANCE * topology.processes().size();
        return money == expected
                ? Optional.empty()
                : Optional.of("the money is " + money + ", not " + expected);
    }

    @Override
    public GlobalState<Account, Transfer> initial() {
        SplittableRandom random = new SplittableRandom(seed);
        return GlobalState.initial(topology,
                p -> new Account(OPENING_BALANCE, next(random), chains.perProcess(),
                        chains.perProcess() * chains.length()));
    }

    @Override
    public Behavior<Account, Transfer> behavior(ProcessId p) {
        ImmutableList<Channel> outgoing = topology.outgoing(p);
        return new Behavior<>() {
            @Override
            public Account receive(
                    Account account, Channel from, Transfer transfer, Outbox<Transfer> outbox) {
                return new Account(
                        account.balance + transfer.amount,
                        account.random,
                        account.chains + (transfer.transfers > 0 ? 1 : 0),
                        account.transfers + transfer.transfers);
            }

            @Override
            public boolean hasInternal(Account account) {
                return account.chains > 0;
            }

            @Override
            public Account internal(Account account, Outbox<Transfer> outbox) {
                SplittableRandom random = new SplittableRandom(account.random);
                long amount = random.nextLong(account.balance + 1);
                long share = (account.transfers + account.chains - 1) / account.chains;
                outbox.send(outgoing.get(random.nextInt(outgoing.size())),
                        new Transfer(amount, share - 1));
                return new Account(account.balance - amount, next(random),
                        account.chains - 1, account.transfers - share);
            }
        };
    }

    /** Small enough for every reader of JSON to keep all its digits. */
    private static long next(SplittableRandom random) {
        return random.nextLong() >>> 11;
    }
}
