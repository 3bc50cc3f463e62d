--------------------------- MODULE ChandyLamport ---------------------------
(* The algorithm of K. M. Chandy and L. Lamport, Distributed Snapshots:     *)
(* Determining Global States of Distributed Systems, ACM TOCS 3(1), 1985,   *)
(* section 3, superimposed on any underlying computation.                   *)
(* Beside it stands the Java of the same name in package protocol: its      *)
(* methods are the actions below, in the same order.                        *)
EXTENDS Naturals, Sequences

CONSTANTS
  Process, Channel, from(_), to(_),   \* any directed multigraph; c leads from from(c) to to(c)
  SnapshotId, Initiators(_),          \* who may record its state for s without a marker
  NotRecorded, Abandoned,             \* stand where p has no recorded state: not yet, not ever
  MayAbandon,                         \* whether a process may give a snapshot up
  InitialState(_), InitialMessages(_),\* of the process p, of the channel c
  Internals(_, _),       \* (p, x): the states that p may go to from x by an internal event
  Sends(_, _),           \* (c, x): [message, after], what from(c) may send along c in state x
  AfterReceive(_, _, _)  \* (c, m, x): where receiving m along c takes to(c) from state x

VARIABLES
  state,            \* state[p], in the underlying computation
  channel,          \* channel[c], the messages and markers in transit, first sent first
  recordedState,    \* recordedState[s][p]: with the next one, the paper's S*
  recordedChannel,  \* recordedChannel[s][c], the messages recorded, first sent first
  awaitingMarker    \* awaitingMarker[s][p], the channels whose messages p is recording

recording == <<recordedState, recordedChannel, awaitingMarker>>
vars == <<state, channel, recording>>

Incoming(p) == {c \in Channel : to(c) = p}
Outgoing(p) == {c \in Channel : from(c) = p}

Message(m) == [message |-> m]
Marker(s) == [marker |-> s]
IsMarker(x) == "marker" \in DOMAIN x
BringsMarker(c) == channel[c] # <<>> /\ IsMarker(Head(channel[c]))
BringsMessage(c) == channel[c] # <<>> /\ ~IsMarker(Head(channel[c]))

Init ==
  /\ state = [p \in Process |-> InitialState(p)]
  /\ channel = [c \in Channel |-> InitialMessages(c)]
  /\ recordedState = [s \in SnapshotId |-> [p \in Process |-> NotRecorded]]
  /\ recordedChannel = [s \in SnapshotId |-> [c \in Channel |-> <<>>]]
  /\ awaitingMarker = [s \in SnapshotId |-> [p \in Process |-> {}]]

----------------------------------------------------------------------------
(* Environment: the underlying computation, observed (the paper, section 2).*)

(* An internal event of p. *)
Internal(p) ==
  /\ \E x \in Internals(p, state[p]) : state' = [state EXCEPT ![p] = x]
  /\ UNCHANGED <<channel, recording>>

(* A process sends a message along c. *)
Send(c) ==
  /\ \E e \in Sends(c, state[from(c)]) :
       /\ state' = [state EXCEPT ![from(c)] = e.after]
       /\ channel' = [channel EXCEPT ![c] = Append(@, Message(e.message))]
  /\ UNCHANGED recording

(* A process receives a message along c. It is a part of the state of c in  *)
(* each snapshot for which c is recorded: after the state of the process,   *)
(* and before the marker (the Marker-Receiving Rule, second branch).        *)
Receive(c) ==
  /\ BringsMessage(c)
  /\ LET m == Head(channel[c]).message
         Belongs(s) == c \in awaitingMarker[s][to(c)]
     IN  /\ state' = [state EXCEPT ![to(c)] = AfterReceive(c, m, @)]
         /\ recordedChannel' = [s \in SnapshotId |->
              [recordedChannel[s] EXCEPT ![c] = IF Belongs(s) THEN Append(@, m) ELSE @]]
  /\ channel' = [channel EXCEPT ![c] = Tail(@)]
  /\ UNCHANGED <<recordedState, awaitingMarker>>

Environment ==
  \/ \E p \in Process : Internal(p)
  \/ \E c \in Channel : Send(c) \/ Receive(c)

----------------------------------------------------------------------------
(* System: the algorithm (the paper, section 3).                            *)

(* The Marker-Sending Rule: p records its state, and sends one marker along *)
(* each outgoing channel, before any further message.                       *)
RecordState(s, p) ==
  /\ p \in Initiators(s)
  /\ recordedState[s][p] = NotRecorded
  /\ recordedState' = [recordedState EXCEPT ![s][p] = state[p]]
  /\ awaitingMarker' = [awaitingMarker EXCEPT ![s][p] = Incoming(p)]
  /\ channel' = [c \in Channel |->
       IF c \in Outgoing(p) THEN Append(channel[c], Marker(s)) ELSE channel[c]]
  /\ UNCHANGED <<state, recordedChannel>>

(* The Marker-Receiving Rule: to(c) records its state by the rule above, if *)
(* it has not yet, and closes c. In the first case the state of c is the    *)
(* empty sequence, because c was opened a moment ago: both branches are     *)
(* this one. A marker of an abandoned snapshot has no effect.               *)
ReceiveMarker(c) ==
  /\ BringsMarker(c)
  /\ LET s == Head(channel[c]).marker
         p == to(c)
         new == recordedState[s][p] = NotRecorded
         open == IF new THEN Incoming(p) ELSE awaitingMarker[s][p]
         Rest(d) == IF d = c THEN Tail(channel[d]) ELSE channel[d]
     IN  /\ recordedState' = [recordedState EXCEPT ![s][p] = IF new THEN state[p] ELSE @]
         /\ awaitingMarker' = [awaitingMarker EXCEPT ![s][p] = open \ {c}]
         /\ channel' = [d \in Channel |->
              IF new /\ d \in Outgoing(p) THEN Append(Rest(d), Marker(s)) ELSE Rest(d)]
  /\ UNCHANGED <<state, recordedChannel>>

(* Ours: p gives up a snapshot that has not ended at p, and forgets what it *)
(* recorded for it.                                                         *)
Abandon(s, p) ==
  /\ MayAbandon
  /\ recordedState[s][p] # Abandoned
  /\ recordedState[s][p] = NotRecorded \/ awaitingMarker[s][p] # {}
  /\ recordedState' = [recordedState EXCEPT ![s][p] = Abandoned]
  /\ awaitingMarker' = [awaitingMarker EXCEPT ![s][p] = {}]
  /\ recordedChannel' = [recordedChannel EXCEPT ![s] =
       [c \in Channel |-> IF c \in Incoming(p) THEN <<>> ELSE recordedChannel[s][c]]]
  /\ UNCHANGED <<state, channel>>

System ==
  \/ \E s \in SnapshotId, p \in Process : RecordState(s, p) \/ Abandon(s, p)
  \/ \E c \in Channel : ReceiveMarker(c)

----------------------------------------------------------------------------
Next == Environment \/ System
Spec == Init /\ [][Next]_vars

(* What a channel brings is received in finite time (section 3.3). *)
Fairness == \A c \in Channel : WF_vars(Receive(c) \/ ReceiveMarker(c))
FairSpec == Spec /\ Fairness
=============================================================================
