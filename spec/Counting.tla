------------------------------ MODULE Counting ------------------------------
(* An underlying computation: each process sends up to Messages messages    *)
(* along each channel, and the n-th message of a channel is n. The state of *)
(* a process is how many it has sent and received along each channel.       *)
EXTENDS Refinements, Graphs

CONSTANT Messages

CountingInitialState(p) ==
  [sent |-> [c \in Outgoing(p) |-> 0], received |-> [c \in Incoming(p) |-> 0]]
CountingInitialMessages(c) == <<>>
CountingInternals(p, x) == {}
CountingSends(c, x) ==
  IF x.sent[c] = Messages THEN {}
  ELSE {[message |-> x.sent[c] + 1, after |-> [x EXCEPT !.sent[c] = @ + 1]]}
CountingAfterReceive(c, m, x) == [x EXCEPT !.received[c] = @ + 1]

CountingIsState(p, x) ==
  x \in [sent : [Outgoing(p) -> 0..Messages], received : [Incoming(p) -> 0..Messages]]
CountingIsMessage(c, m) == m \in 1..Messages
CountingSent(c, x) == [n \in 1..x.sent[c] |-> n]
CountingReceived(c, x) == [n \in 1..x.received[c] |-> n]
=============================================================================
