package org.chandylamport.app;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import org.chandylamport.app.Tokens.Holder;
import org.chandylamport.app.Tokens.Token;
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
 * Tokens that go round: each process passes what it receives along its outgoing channels in turn.
 * On a ring, each token visits one process after another.
 */
public final class Tokens implements App<Holder, Token> {

    private final Topology topology;
    private final Chains chains;
    private final boolean isLossy;

    /**
     * Tokens on each process.
     *
     * @param messages how often tokens are passed, at least
     * @param isLossy whether a token of the first process is lost half way
     * @throws IllegalArgumentException if some process has no outgoing channel
     */
    public Tokens(Topology topology, long messages, boolean isLossy) {
        this.topology = topology;
        this.chains = Chains.of(topology, messages);
        this.isLossy = isLossy;
    }

    /**
     * The state of a process.
     *
     * @param passed how many tokens it has passed on
     * @param fresh how many of its tokens it has not passed yet
     * @param kept how many tokens have come to their end here
     */
    public record Holder(long passed, int fresh, int kept) {}

    /**
     * A message: one token.
     *
     * @param owner the process at which it started
     * @param number which of that process's tokens it is
     * @param more how often it will be passed on
     */
    public record Token(String owner, int number, long more) {}

    @Override
    public long remaining(GlobalState<Holder, Token> state) {
        return state.processes().values().stream()
                        .mapToLong(holder -> holder.fresh * chains.length()).sum()
                + state.messages().mapToLong(token -> 1 + token.more).sum();
    }

    @Override
    public Codec<Holder> stateCodec() {
        return JsonCodec.of(Holder.class);
    }

    @Override
    public Codec<Token> messageCodec() {
        return JsonCodec.of(Token.class);
    }

    @Override
    public ImmutableSortedMap<String, StableProperty<Holder, Token>> properties() {
        return ImmutableSortedMap.of(
                "loss", state -> tokens(state) < tokens() ? violation(state) : Optional.empty(),
                "termination", this::termination);
    }

    /** No token is lost, none is there twice. */
    @Override
    public Optional<String> violation(GlobalState<Holder, Token> state) {
        return tokens(state) == tokens()
                ? Optional.empty()
                : Optional.of("there are " + tokens(state) + " tokens, not " + tokens());
    }

    private long tokens() {
        return (long) chains.perProcess() * topology.processes().size();
    }

    private static long tokens(GlobalState<Holder, Token> state) {
        return state.inTransit() + state.processes().values().stream()
                .mapToLong(holder -> holder.fresh + holder.kept).sum();
    }

    @Override
    public GlobalState<Holder, Token> initial() {
        return GlobalState.initial(topology, new Holder(0, chains.perProcess(), 0));
    }

    @Override
    public Behavior<Holder, Token> behavior(ProcessId p) {
        ImmutableList<Channel> outgoing = topology.outgoing(p);
        return new Behavior<>() {
            @Override
            public Holder receive(Holder holder, Channel from, Token token, Outbox<Token> outbox) {
                if (isLost(token)) {
                    return holder;
                }
                if (token.more == 0) {
                    return new Holder(holder.passed, holder.fresh, holder.kept + 1);
                }
                return pass(holder, new Token(token.owner, token.number, token.more - 1), outbox);
            }

            @Override
            public boolean hasInternal(Holder holder) {
                return holder.fresh > 0;
            }

            @Override
            public Holder internal(Holder holder, Outbox<Token> outbox) {
                Holder fewer = new Holder(holder.passed, holder.fresh - 1, holder.kept);
                return pass(fewer, new Token(p.name(), holder.fresh, chains.length() - 1), outbox);
            }

            private boolean isLost(Token token) {
                return isLossy
                        && token.owner.equals(topology.processes().first().name())
                        && token.number == 1
                        && token.more == chains.length() / 2;
            }

            private Holder pass(Holder holder, Token token, Outbox<Token> outbox) {
                outbox.send(outgoing.get((int) (holder.passed % outgoing.size())), token);
                return new Holder(holder.passed + 1, holder.fresh, holder.kept);
            }
        };
    }
}
