/**
 * Beyond one machine: driver 3 of the core, on Apache Pekko. Read
 * {@link org.chandylamport.cluster.Node} first, then {@code HostedProcess}, {@code ProcessActor},
 * {@code Coordinator} and {@code NodeActor}.
 *
 * <p>A process is an actor that drives the same {@code ChandyLamport} and {@code Superposition} as
 * the threads of {@code runtime} do. A channel is a pair of actors with reliable delivery, and a
 * number on everything that travels: a marker is a message among the messages. One node, the first
 * of the seeds, is the coordinator: it issues the numbers of snapshots, and decides alone whether
 * one is complete or given up.
 *
 * <h2>What ends a snapshot, and what ends them all</h2>
 *
 * <ul>
 *   <li>A node that cannot be reached at the moment, a timeout, or a cycle of full channels: the
 *       snapshots that are open are given up. Later ones are taken again once the cause is gone.
 *   <li>A gap or a duplicate in a channel's numbers; a node that is taken for dead (after some ten
 *       seconds without a sign of it), leaves, or ends; a behavior that throws: no snapshot is
 *       taken any more, until the network is started again, from a stored snapshot.
 * </ul>
 *
 * <p>The error names the channel, or the process, and the cause. In every case what was complete is
 * right, and what was not complete claims nothing. Where a node is lost, the others go on for as
 * long as they have room to send; what they do is lost when the network is started again.
 *
 * <h2>What is in flight</h2>
 *
 * <p>Along a channel, what the transport's window ({@code flow-control-window}) and the sending
 * end's capacity ({@code NodeConfiguration.capacity}) allow, and what one step adds to it. A
 * process with a full outgoing channel takes no step until there is room; it still receives markers
 * and sends them on, for which there is always room. Nothing is dropped.
 *
 * <h2>Who may talk to a node</h2>
 *
 * <p>A node listens at 127.0.0.1 unless it is told otherwise: whoever reaches its port can join the
 * network and send it messages. On a network that others use too, set {@code transport = tls-tcp},
 * and give every node a key and a trust store that holds the others' certificates:
 *
 * <pre>
 * keytool -genkeypair -alias node -keyalg EC -dname CN=node -ext san=dns:host1,dns:host2 \
 *     -validity 365 -storetype PKCS12 -keystore keys.p12 -storepass secret
 *
 * pekko.remote.artery {
 *   transport = tls-tcp
 *   ssl.config-ssl-engine {
 *     key-store = keys.p12, trust-store = keys.p12
 *     key-store-password = secret, key-password = secret, trust-store-password = secret
 *     protocol = TLSv1.3, enabled-algorithms = [TLS_AES_256_GCM_SHA384]
 *     hostname-verification = on
 *   }
 * }
 * </pre>
 *
 * <p>Both sides then prove who they are. Bytes make no Java objects by themselves: messages and
 * states are read by the user's codec, with a limit on their size, and what nodes say to each other
 * by a serializer that knows these few records and no others. All other settings are explained in
 * {@code pekko.conf}.
 *
 * <h2>What this costs at a thousand nodes and a million channels</h2>
 *
 * <p>What follows is reckoned from how the design counts, and nobody has run it.
 *
 * <ul>
 *   <li>Markers: one a channel, a million messages a snapshot. A thousand nodes that each carry
 *       some ten thousand messages a second need a tenth of a second for them, when idle. A marker
 *       waits behind the messages in its channel: loaded, up to the window and the capacity, 1,500
 *       messages a channel.
 *   <li>Memory: a channel is two actors, two queues and a few maps at its two ends, kilobytes; with
 *       a thousand channels at each end of a node, megabytes. A full channel holds 1,500 messages:
 *       of 100 bytes each, 150 kB, and 150 MB a node if all of its thousand are full.
 *   <li>Connections: one of TCP for each pair of nodes that talk, and each way; with a complete
 *       graph of a thousand nodes, a thousand each. The membership's gossip is made for some
 *       hundreds of nodes to a few thousand.
 *   <li>The coordinator: each process says twice a snapshot that it has recorded and what; all
 *       parts go through it, and through the node that asks, which holds the whole global state. A
 *       thousand parts of 1 MB are 1 GB through two machines: this is the limit that is met first.
 *       A system of that size would have each node store its parts, and only say so.
 *   <li>Each node reports four times a second, four thousand messages a second for the coordinator:
 *       the second limit.
 * </ul>
 *
 * <p>Floor 3: imports {@code model}, {@code protocol} and {@code store}, and needs Pekko and
 * Jackson, which are optional dependencies.
 */
@NullMarked
package org.chandylamport.cluster;

import org.jspecify.annotations.NullMarked;
