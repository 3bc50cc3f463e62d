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
import org.apache.pekko.actor.typed.ActorRefResolver;
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

    Members(ActorContext<NodeMessage> context, NodeSetup<?, ?> setup) {
        this.context = context;
        this.wanted = setup.nodes();
        this.leader = setup.leader();
        this.cluster = Cluster.get(context.getSystem());
        cluster.subscriptions().tell(Subscribe.create(
                context.messageAdapter(ClusterDomainEvent.class, Membership::new),
                ClusterDomainEvent.class));
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
        return up < wanted
                ? up + " of " + wanted + " nodes have joined"
                : "node " + leader + " has not said how the network is laid out";
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
                byName.buildOrThrow(), setup.hosting().fingerprint());
        return told;
    }

    /** Tells the plan to the nodes that have not answered, and refuses those not in it. */
    void tellPlan(Layout layout, NodeLines lines) {
        for (Member member : up()) {
            String address = member.address().toString();
            int node = layout.nodes().indexOf(address);
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
        ActorRefResolver.get(context.getSystem())
                .<NodeMessage>resolveActorRef(Names.path(address)).tell(control);
    }

    /**
     * What became of a node.
     *
     * @param isGone whether it will never come back
     */
    record Change(int node, boolean isReachable, boolean isGone, String cause) {

        /** The network without the node. */
        Broken broken(Layout layout) {
            ImmutableSortedSet<Channel> channels = layout.channelsBetween(node);
            return new Broken(
                    channels.isEmpty() ? null : channels.first().name(), cause, false);
        }
    }

    /** What the event says of a node of the network, or null. */
    @Nullable Change change(ClusterDomainEvent event, Layout layout) {
        if (event instanceof UnreachableMember unreachable) {
            return change(unreachable.member(), layout, false, false, "is unreachable");
        } else if (event instanceof ReachableMember reachable) {
            return change(reachable.member(), layout, true, false, "is reachable");
        } else if (event instanceof MemberDowned downed) {
            return change(downed.member(), layout, false, true, "was taken for dead (downed)");
        } else if (event instanceof MemberLeft left) {
            return change(left.member(), layout, false, true, "leaves");
        } else if (event instanceof MemberExited exited) {
            return change(exited.member(), layout, false, true, "leaves");
        } else if (event instanceof MemberRemoved removed) {
            return change(removed.member(), layout, false, true, "has left");
        }
        return null;
    }

    private static @Nullable Change change(
            Member member, Layout layout, boolean isReachable, boolean isGone, String what) {
        String address = member.address().toString();
        int node = layout.nodes().indexOf(address);
        return node < 0 ? null : new Change(node, isReachable, isGone,
                "node " + Names.shown(address) + " " + what);
    }
}
