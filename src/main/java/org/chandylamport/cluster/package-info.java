/**
 * Beyond one machine: driver 3 of the core, on Apache Pekko. Read
 * {@link org.chandylamport.cluster.Node} first, then {@code HostedProcess}, {@code ProcessActor},
 * {@code Coordinator} and {@code NodeActor}.
 *
 * <p>A process is an actor that drives the same {@code ChandyLamport} and {@code Superposition} as
 * the threads of {@code runtime} do. A channel is a pair of actors with reliable delivery, and a
 * number on everything that travels: a marker is a message among the messages. One node, the
 * oldest, is the coordinator: it issues the numbers of snapshots, and decides alone whether one is
 * complete or given up.
 *
 * <p>Floor 3: imports {@code model}, {@code protocol}, {@code store} and a value of
 * {@code runtime}, and needs Pekko and Jackson, which are optional dependencies.
 */
@NullMarked
package org.chandylamport.cluster;

import org.jspecify.annotations.NullMarked;
