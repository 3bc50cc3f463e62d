------------------------------ MODULE Universal ------------------------------
(* An underlying computation: the state of a process is its history, the    *)
(* sequence of its events. The state of any process that its events         *)
(* determine is a function of its history: what holds here holds for all.   *)
(* The n-th message of a channel is n; a message is told by its place.      *)
EXTENDS Refinements, Graphs

CONSTANTS
  Messages,         \* how many each process sends along each channel, at most
  InternalEvents    \* how many internal events each process has, at most

LOCAL Of(h, action, c) == SelectSeq(h, LAMBDA e : e.action = action /\ e.channel = c)
LOCAL MessagesOf(h, action, c) ==
  LET events == Of(h, action, c) IN [i \in DOMAIN events |-> events[i].message]

UniversalInitialState(p) == <<>>
UniversalInitialMessages(c) == <<>>
UniversalInternals(p, h) ==
  IF Len(Of(h, "Internal", "none")) = InternalEvents THEN {}
  ELSE {Append(h, [action |-> "Internal", channel |-> "none"])}
UniversalSends(c, h) ==
  LET n == Len(Of(h, "Send", c)) + 1
  IN  IF n > Messages THEN {}
      ELSE {[message |-> n,
             after |-> Append(h, [action |-> "Send", channel |-> c, message |-> n])]}
UniversalAfterReceive(c, m, h) ==
  Append(h, [action |-> "Receive", channel |-> c, message |-> m])

UniversalIsState(p, h) ==
  \A i \in DOMAIN h : CASE h[i].action = "Send" -> from(h[i].channel) = p
                        [] h[i].action = "Receive" -> to(h[i].channel) = p
                        [] h[i].action = "Internal" -> h[i].channel = "none"
UniversalIsMessage(c, m) == m \in 1..Messages
UniversalSent(c, h) == MessagesOf(h, "Send", c)
UniversalReceived(c, h) == MessagesOf(h, "Receive", c)
=============================================================================
