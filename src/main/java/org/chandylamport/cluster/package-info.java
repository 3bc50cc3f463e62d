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
 * <p>What a process sends in one turn along one channel travels together, in batches of at most 64
 * messages. Along a channel are in flight: what the transport's window
 * ({@code flow-control-window}, 32 batches) and the sending end's capacity
 * ({@code NodeConfiguration.capacity}, 1,000 messages) allow, and what a step adds to it. A process
 * with a full outgoing channel takes no step until there is room; it still receives markers and
 * sends them on, for which there is always room. Nothing is dropped.
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
 * <h2>What a user sees</h2>
 *
 * <p>Of three JVMs under load; {@code ClusterFaultsTest} does all this and prints the times.
 *
 * <table>
 * <caption>Faults</caption>
 * <tr><th>fault</th><th>what the user sees</th><th>after</th></tr>
 * <tr><td>kill -9 of any node, the first too</td><td>open snapshots are given up; the others end
 *     with "channel p1-&gt;p4 is broken: node ... was taken for dead (downed)"; they start again
 *     from a stored snapshot</td><td>12 to 13 s</td></tr>
 * <tr><td>SIGSTOP for a second</td><td>a snapshot that takes longer; given up if it was open when
 *     the node was called unreachable; the next one is complete</td><td>the pause</td></tr>
 * <tr><td>SIGSTOP for good</td><td>as kill -9; the node itself, once it goes on, ends with the same
 *     sentence</td><td>12 to 13 s; 2 s after SIGCONT</td></tr>
 * <tr><td>connections reset 60 times</td><td>what was lost is sent again; no error</td>
 *     <td>200 ms to 2 s for each</td></tr>
 * <tr><td>a slow node, or connection</td><td>the others take no step while their channels to it
 *     are full; no error</td><td></td></tr>
 * <tr><td>a node that comes late</td><td>the others wait; one too many is refused: "the network of
 *     3 nodes that node ... leads has started without node ..."</td><td></td></tr>
 * <tr><td>a node's actor or channel ends, or a node is quarantined</td><td>as kill -9, with "has
 *     ended" or "is quarantined"</td><td>at once</td></tr>
 * </table>
 *
 * <h2>What this costs at a thousand nodes and a million channels</h2>
 *
 * <p>Nobody has run that. It is computed from costs that were measured on one machine with two
 * processors, which three JVMs shared, for a complete graph of a thousand processes, one a node:
 * 999 channels lead to each and 999 away, 999,000 in all.
 *
 * <ul>
 *   <li>Markers: 30 microseconds of a processor for each. By {@code time} of
 *       {@code cluster --topology complete --processes N --messages 1000 --overlap 1 --no-audit}
 *       600 more snapshots of 16 processes (240 channels) take 10.3 s, or 17 ms each, and of 50
 *       processes (2,450 channels) 62.9 s, or 105 ms each. With m for a marker and p for what a
 *       process tells the coordinator, 240 m + 16 p = 17 ms and 2,450 m + 50 p = 105 ms, so
 *       m = 0.030 ms and p = 0.61 ms. A million markers: 30 s of processors for a snapshot, 30 ms
 *       at each node.
 *   <li>Parts: 1,000 p = 0.6 s for a snapshot, most of it at the coordinator and at the node that
 *       asks, through which all of them go, one after the other. A part takes 153 bytes and 18 for
 *       each channel that leads there ({@code WireSerializer}, the bank): 18 kB, and 18 MB for all.
 *       States of 1 MB each would be 1 GB through two machines: a system of that size would have
 *       each node store its part, and only say so.
 *   <li>Memory: 5.1 kB a channel, both its ends together. By {@code jcmd GC.class_histogram} a
 *       single node with 2,450, 9,900 and 22,350 channels holds 27.8, 64.5 and 129.9 MB: 4.9 and
 *       5.3 kB for each one more. A node with 1,998 ends: 5 MB. A full channel holds 32 batches of
 *       64 messages and 1,000 more: of 100 bytes each 0.3 MB, and 0.3 GB if all of a node's are.
 *   <li>Connections: 4 of TCP for each pair of nodes, 2 each way ({@code ss} shows 8 at each of
 *       three nodes): 3,996 at each, more than the usual limit of 1,024 open files. The gossip of
 *       the membership is made for some hundreds of nodes to a few thousand.
 *   <li>Idle: each channel asks again every 2 s ({@code resend-interval-max}): 500 messages a
 *       second at each node, at 30 microseconds 1.5 % of a processor. Each node reports four times
 *       a second: 4,000 messages for the coordinator, and p is the cost of three (recorded, part,
 *       part handed on): 4,000 x 0.61 ms / 3 = 0.8 s in each second. <b>This is the limit that is
 *       met first</b>: from about a thousand nodes on the coordinator has time for nothing else.
 * </ul>
 *
 * <p>Floor 3: imports {@code model}, {@code protocol} and {@code store}, and needs Pekko and
 * Jackson, which are optional dependencies.
 */
@NullMarked
package org.chandylamport.cluster;

import org.jspecify.annotations.NullMarked;
