/**
 * Many threads: driver 2 of the core. Read {@link org.chandylamport.runtime.Engine} first, then
 * {@code LocalProcess}, {@code ChannelQueue}, {@code Inbox}, {@code Worker}, {@code RunQueue},
 * {@code Watch} and {@code Workers}.
 *
 * <p>Processes are multiplexed on a fixed set of workers; each is run by one thread at a time. What
 * a worker does depends on how many processes have input, not on how many there are: an idle
 * process costs nothing, and a worker with nothing to do parks.
 *
 * <p>The way of a message: its sender offers it to the {@code ChannelQueue}; the channel, if it is
 * not there yet, is pushed into the receiver's {@code Inbox}; the push into an idle inbox makes the
 * receiver runnable, at the worker that runs the sender. Before each step that worker lends what
 * waits in its {@code RunQueue}; a worker with nothing to do steals it if it waits for too long.
 *
 * <p>A channel's queue can be replaced, for tests of faults: see {@code NumberedQueue}, which finds
 * them. Nothing of that is on the way of a message otherwise.
 *
 * <h2>Who pairs with whom</h2>
 *
 * <ul>
 *   <li>Offering to a channel (release) and polling it (acquire): messages and markers.
 *   <li>Pushing into an inbox (compare-and-set) and taking all of it (swap): inputs, and processes
 *       that change hands.
 *   <li>Lending processes (volatile write) and stealing them (swap): processes that change hands.
 *   <li>Making an inbox idle and the push that finds it idle (compare-and-set, both): the process
 *       itself, with all that its last worker did to it.
 *   <li>Getting a snapshot ready and putting it together (swap, compare-and-set): what was
 *       recorded, or why it failed.
 *   <li>Full fences, in pairs (Dekker): announcing a channel and finding it drained; sharing a
 *       process, being busy or stopping, and parking; asking something of a process, or opening a
 *       snapshot, and ending the network.
 * </ul>
 *
 * <h2>Progress</h2>
 *
 * <p>Nothing on the way of a message blocks. Sending and receiving are wait-free, except that the
 * first message to a receiver that is not yet signalled pushes into a lock-free inbox; with no
 * snapshot live, and no trace, they allocate nothing once the queues have grown. Initiating,
 * abandoning and executing are lock-free, apart from the executor that completes futures. Waiting
 * for a snapshot and closing block, and are refused to the network's own threads.
 *
 * <p>Floor 2: imports {@code model} and {@code protocol}, and JCTools for its queues.
 */
@NullMarked
package org.chandylamport.runtime;

import org.jspecify.annotations.NullMarked;
