------------------------------ MODULE Theorem1 ------------------------------
(* Theorem 1 of the paper (section 4) as a construction. Take the events of *)
(* the underlying computation in the order in which they happened, and move *)
(* the prerecording ones in front of the postrecording ones. The result is  *)
(* a computation, too: replayed from the initial state, it passes through   *)
(* S*, and it ends where the system is. It keeps the order of each process. *)
EXTENDS Universal

VARIABLE history  \* A HISTORY VARIABLE, the only one in spec/: [process, event], oldest first.

LOCAL Last(h) == h[Len(h)]
LOCAL Remember(p) == history' = Append(history, [process |-> p, event |-> Last(state'[p])])

RememberInternal(p) == Internal(p) /\ Remember(p)
RememberSend(c) == Send(c) /\ Remember(from(c))
RememberReceive(c) == Receive(c) /\ Remember(to(c))
RememberNothing == System /\ UNCHANGED history

HistoryInit == Init /\ history = <<>>
HistoryNext ==
  \/ \E p \in Process : RememberInternal(p)
  \/ \E c \in Channel : RememberSend(c) \/ RememberReceive(c)
  \/ RememberNothing
HistorySpec == HistoryInit /\ [][HistoryNext]_<<vars, history>>

----------------------------------------------------------------------------
(* Global states, [state, channel], and how events of the underlying        *)
(* computation change them. An event that cannot occur in S leads nowhere.  *)
Start == [state |-> [p \in Process |-> InitialState(p)],
          channel |-> [c \in Channel |-> InitialMessages(c)]]
Current == [state |-> state,
            channel |-> [c \in Channel |->
              LET messages == SelectSeq(channel[c], LAMBDA x : ~IsMarker(x))
              IN  [i \in DOMAIN messages |-> messages[i].message]]]
SStar(s) == [state |-> recordedState[s], channel |-> recordedChannel[s]]
Nowhere == [state |-> <<>>, channel |-> <<>>]

LOCAL After(S, p, event) ==
  LET x == S.state[p]
      y == Append(x, event)
      c == event.channel
  IN  CASE event.action = "Internal" /\ y \in Internals(p, x) ->
             [S EXCEPT !.state[p] = y]
        [] event.action = "Send" /\ [message |-> event.message, after |-> y] \in Sends(c, x) ->
             [S EXCEPT !.state[p] = y, !.channel[c] = Append(@, event.message)]
        [] event.action = "Receive" /\ S.channel[c] # <<>> /\ Head(S.channel[c]) = event.message ->
             [S EXCEPT !.state[p] = AfterReceive(c, event.message, x), !.channel[c] = Tail(@)]
        [] OTHER -> Nowhere

RECURSIVE Replay(_, _)
Replay(S, events) ==
  IF events = <<>> \/ S = Nowhere THEN S
  ELSE Replay(After(S, Head(events).process, Head(events).event), Tail(events))

(* An event is prerecording if it precedes the recording of its process: it *)
(* is then among as many first events as the recorded state has.            *)
Prerecording(s, i) ==
  LET p == history[i].process
  IN  Cardinality({j \in 1..i : history[j].process = p}) <= Len(recordedState[s][p])

LOCAL Events(Test(_)) ==
  LET chosen == SelectSeq([i \in DOMAIN history |-> i], Test)
  IN  [i \in DOMAIN chosen |-> history[chosen[i]]]
PrerecordingEvents(s) == Events(LAMBDA i : Prerecording(s, i))
PostrecordingEvents(s) == Events(LAMBDA i : ~Prerecording(s, i))

InitialReachesSStar ==
  \A s \in SnapshotId : Complete(s) => Replay(Start, PrerecordingEvents(s)) = SStar(s)
SStarReachesCurrent ==
  \A s \in SnapshotId : Complete(s) => Replay(SStar(s), PostrecordingEvents(s)) = Current
Theorem1 == InitialReachesSStar /\ SStarReachesCurrent

(* The history itself leads to where the system is. *)
HistoryIsComputation == Replay(Start, history) = Current

----------------------------------------------------------------------------
(* Must be violated: S* need not have occurred (section 4.1, the example).  *)
SStarOnPath ==
  \A s \in SnapshotId : Complete(s) =>
    \E n \in 0..Len(history) : Replay(Start, SubSeq(history, 1, n)) = SStar(s)
=============================================================================
