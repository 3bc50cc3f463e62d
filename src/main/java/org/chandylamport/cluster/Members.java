package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberExited;
import org.apache.pekko.cluster.ClusterEvent.MemberLeft;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.remote.artery.QuarantinedEvent;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import org.chandylamport.cluster.NodeMessage.Membership;
import org.chandylamport.cluster.Wire.Broken;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Plan;
import org.chandylamport.cluster.Wire.Refused;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/** Which nodes there are, as the cluster says, and what changes. */
final class Members {

    private final ActorContext<NodeMessage> context;
    private final Cluster cluster;
    private final int wanted;
    private final String leader;
    private @Nullable Plan told;
    private @Nullable Layout layout;

    Members(ActorContext<NodeMessage> context, NodeSetup<?, ?> setup) {
        this.context = context;
        this.wanted = setup.nodes();
        this.leader = setup.leader();
        this.cluster = Cluster.get(context.getSystem());
        cluster.subscriptions().tell(Subscribe.create(
                context.messageAdapter(ClusterDomainEvent.class, Membership::new),
                ClusterDomainEvent.class));
        subscribe(QuarantinedEvent.class);
        subscribe(ThisActorSystemQuarantinedEvent.class);
    }

    private <E> void subscribe(Class<E> event) {
        context.getSystem().eventStream().tell(new EventStream.Subscribe<>(
                event, context.messageAdapter(event, Membership::new)));
    }

    /** The actor of a node has ended. */
    record Ended(String address) {}

    /** The network is laid out. */
    void started(Layout laidOut) {
        layout = laidOut;
    }

    /** The actor of this node, as others find it. */
    String actor() {
        return resolver().toSerializationFormat(context.getSelf());
    }

    /** Has the end of another node's actor told. */
    void watch(String actor) {
        ActorRef<NodeMessage> watched = resolver().resolveActorRef(actor);
        if (!watched.equals(context.getSelf())) {
            context.watchWith(watched, new Membership(
                    new Ended(watched.path().address().toString())));
        }
    }

    private ActorRefResolver resolver() {
        return ActorRefResolver.get(context.getSystem());
    }

    /** The address of this node. */
    String self() {
        return cluster.selfMember().address().toString();
    }

    /** The nodes that have joined: this one, and then the others in the order in which they did. */
    private ImmutableList<Member> up() {
        List<Member> up = new ArrayList<>();
        Iterables.addAll(up, org.apache.pekko.cluster.Cluster.get(context.getSystem())
                .state().getMembers());
        up.removeIf(member -> !member.status().equals(MemberStatus.up()));
        up.sort(Comparator.<Member, Boolean>comparing(member ->
                        !member.uniqueAddress().equals(cluster.selfMember().uniqueAddress()))
                .thenComparing(Member::upNumber));
        return ImmutableList.copyOf(up);
    }

    /** What is missing before the network can start. */
    String missing() {
        int up = up().size();
        return up < wanted ? missing(up, wanted)
                : "node " + leader + " has not said how the network is laid out";
    }

    static String missing(int up, int wanted) {
        return up + " of " + wanted + " nodes have joined";
    }

    /** How the network is laid out, if this node decides that, and all others are there. */
    @Nullable Plan plan(NodeSetup<?, ?> setup) {
        ImmutableList<Member> up = up();
        if (up.size() < wanted || !leader.isEmpty()) {
            return null;
        }
        Map<ProcessId, Integer> placement =
                setup.placement().place(setup.hosting().topology(), wanted);
        ImmutableMap.Builder<String, Integer> byName = ImmutableMap.builder();
        placement.forEach((p, node) -> byName.put(p.name(), node));
        told = new Plan(UUID.randomUUID().toString(),
                up.subList(0, wanted).stream().map(Member::address).map(Address::toString)
                        .toList(),
                byName.buildOrThrow(), setup.hosting().fingerprint(), actor());
        return told;
    }

    /** Tells the plan to the nodes that have not answered, and refuses those not in it. */
    void tellPlan(Layout laidOut, NodeLines lines) {
        for (Member member : up()) {
            String address = member.address().toString();
            int node = laidOut.nodes().indexOf(address);
            if (node < 0) {
                tell(address, new Refused("the network of " + wanted + " nodes that node "
                        + Names.shown(self()) + " leads has started without node "
                        + Names.shown(address)));
            } else if (told != null && node != Layout.COORDINATOR && !lines.isConnected(node)) {
                tell(address, told);
            }
        }
    }

    private void tell(String address, Control control) {
        resolver().<NodeMessage>resolveActorRef(Names.path(address)).tell(control);
    }

    /**
     * What became of a node.
     *
     * @param isGone whether it will never come back
     * @param broken what is then said of the network, or only of open snapshots
     */
    record Change(int node, boolean isReachable, boolean isGone, Broken broken) {}

    /** What the event says of a node of the network, or null. */
    @Nullable Change change(Object event) {
        if (event instanceof UnreachableMember unreachable) {
            return change(unreachable.member(), false, false, "is unreachable");
        } else if (event instanceof ReachableMember reachable) {
            return change(reachable.member(), true, false, "is reachable");
        } else if (event instanceof MemberDowned downed) {
            return change(downed.member(), false, true, "was taken for dead (downed)");
        } else if (event instanceof MemberLeft left) {
            return change(left.member(), false, true, "leaves");
        } else if (event instanceof MemberExited exited) {
            return change(exited.member(), false, true, "leaves");
        } else if (event instanceof MemberRemoved removed) {
            return change(removed.member(), false, true, "has left");
        } else if (event instanceof QuarantinedEvent quarantined) {
            return change(quarantined.uniqueAddress().address().toString(), false, true,
                    "is quarantined");
        } else if (event instanceof ThisActorSystemQuarantinedEvent quarantined) {
            return change(quarantined.remoteAddress().address().toString(), false, true,
                    "has quarantined this node");
        } else if (event instanceof Ended ended) {
            return change(ended.address(), false, true, "has ended");
        }
        return null;
    }

    private @Nullable Change change(
            Member member, boolean isReachable, boolean isGone, String what) {
        return change(member.address().toString(), isReachable, isGone, what);
    }

    private @Nullable Change change(
            String address, boolean isReachable, boolean isGone, String what) {
        int node = layout == null ? -1 : layout.nodes().indexOf(address);
        if (layout == null || node < 0) {
            return null;
        }
        ImmutableSortedSet<Channel> channels = layout.channelsBetween(node);
        return new Change(node, isReachable, isGone, new Broken(
                channels.isEmpty() ? null : channels.first().name(),
                "node " + Names.shown(address) + " " + what, false));
    }
}
